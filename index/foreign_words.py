"""What furniture is known by in other languages than English, which index.furniture_words holds; that joins both.

Days are told in those in which papers are named, what stands beside them and between paragraphs in three of them.
"""

# Names in full, and the abbreviations that are no English words.
MONTHS = {
    name: number
    for names in (
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jänner - - - - - - - - okt nov dez",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv févr - avr - - juil - sept oct - déc",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "- - - - - - - - setiembre - - dic",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "januar februar marts april maj juni juli august september oktober november december",
        "januari februari mars april maj juni juli augusti september oktober november december",
    )
    for number, name in enumerate(names.split(), 1)
    if name != "-"
}
WEEKDAYS = (
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    "|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato"
    "|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|mandag|tirsdag|onsdag|torsdag|fredag|lørdag"
    "|søndag"
)
_HOUR = r"(?:[01]?\d|2[0-4])"
TIME = (
    rf"(?:um|à|a las) {_HOUR}(?:[:.][0-5]\d(?: ?uhr| ?h\b)?| ?uhr| ?h ?(?:[0-5]\d)?\b)"
    rf"|{_HOUR}(?:[:.][0-5]\d(?: ?uhr| ?h\b)| ?h ?[0-5]\d)"
)
PUBLISHED = "veröffentlicht|erschienen|erstellt|publiée?|publicad[oa]"
CHANGED = "aktualisiert|mise? à jour|actualizad[oa]"
UPDATED = rf"{CHANGED}|zuletzt geändert|stand"
BEHIND_A_STAMP = "am|vom|um|le|à|el"
BYLINE_OPENINGS = "(?:text |bericht |interview )?von|(?:texte |propos recueillis )?par|(?:texto )?por"
AND = "und|et|y|e"
AT = "in|aus|à|en|desde"
LINKS = (
    r"lesen sie (?:auch|dazu|mehr|weiter)|lies auch|mehr (?:zum thema|dazu)|siehe auch|auch interessant|"
    r"(?:à|a) lire (?:aussi|également|ensuite)|lire (?:aussi|également|la suite)|voir aussi|"
    r"sur le même (?:sujet|thème)|"
    r"l[eé]a también|lee también|leer (?:más|también)|véase también|(?:te|le) puede interesar|más (?:noticias|sobre)"
)
ADVERTISEMENTS = "anzeige|werbung|publicité|publicidad"
TAGS = "schlagw[oö]rte?r?|stichw[oö]rte?r?|kategorien?|mots[- ]clés|étiquettes|catégories?|etiquetas|categorías?"
SHARE = "teilen|drucken|partager|imprimer|compartir|imprimir"
SURE_NAVIGATION = "impressum|datenschutz|datenschutzerklärung|mentions légales|aviso legal|política de privacidad"
PICTURES = "fotos?|bild(?:er)?|crédits? photo|fotografías?"
SOURCES = (
    r"\(?mit (?:material|informationen) (?:von|der|des) .{2,60}",
    r"\(?(?:avec (?:l[’'])?(?:afp|reuters|ap|ats|belga)\W*|con información de .{2,60})",
)
COMMENTS = "kommentare?|leserkommentare|commentaires?|comentarios?"
SECTIONS = (
    "politik|wirtschaft|kultur|wissen|wissenschaft|gesellschaft|panorama|lokales|meinung|politique|économie|société|"
    "sciences|planète|política|economía|cultura|deportes|sociedad|internacional|ciencia|opinión"
)
PAPERS = (
    "nachrichten rundschau tageblatt morgenpost allgemeine bote merkur tagblatt volksblatt courrier voix dépêche "
    "progrès phare voz heraldo periódico noticias"
)
# "La Voz de Brava", "Le Journal du Nord": the word that tells stands second.
ARTICLES = "the la le el il der die das los les o"
