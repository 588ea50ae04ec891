"""The words of RTF: signs, groups without text, the ways in which bytes stand for letters."""

SIGNS = {
    **dict.fromkeys(("par", "line", "sect", "page", "column", "nestrow"), "\n"),
    **dict(zip("tab emdash endash bullet lquote rquote ldblquote rdblquote".split(), " —–•‘’“”", strict=True)),
    **dict(zip("emspace enspace qmspace ~ _".split(), "\u2003\u2002\u2005\xa0-", strict=True)),
    "nestcell": " | ",
    "-": "",
}
# Groups that hold no text of the document. Those behind \* that are not known hold none either.
NO_TEXT = frozenset(
    "annotation atnauthor atnid bkmkend bkmkstart colortbl datafield filetbl fldinst footer "
    "footerf footerl footerr ftncn ftnsep ftnsepc aftncn aftnsep aftnsepc generator header headerf headerl headerr "
    "listtable listoverridetable nonesttables objdata pgdsctbl pict revtbl rsidtbl shprslt stylesheet template "
    "themedata txe tc xe rxe sp mmathPict".split()
)
TEXT_BEHIND_STAR = frozenset("do footnote shpinst ud moMath moMathPara".split())
# What stands around a part of a formula: "(a + b)/(c)".
FORMULA_PARTS = {"mnum": "(", "mden": "/(", "msup": "^(", "msub": "_(", "mdeg": "(", "mlim": "_(", "mrad": "√"}
CODE_PAGES = {"ansi": "cp1252", "mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
_SETS = "2 77 128 129 130 134 136 161 162 163 177 178 186 204 222 238 254 255"
_SET_NAMES = (
    "signs mac-roman cp932 cp949 johab gb18030 big5 cp1253 cp1254 cp1258 cp1255 cp1256 cp1257 cp1251 cp874 cp1250 "
    "cp437 cp850"
)
CHARACTER_SETS = dict(zip(map(int, _SETS.split()), _SET_NAMES.split(), strict=True))  # a font's, by their numbers
