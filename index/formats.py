"""Which files are read, and which are not: said once, for the README, the page, the command and what refuses a file."""

KINDS_READ = {
    "text": (".txt", ".md"),
    "web pages": (".html", ".htm"),
    "PDF": (".pdf",),
    "documents": (".docx", ".odt", ".rtf"),
    "mail": (".eml", ".mbox"),
    "books": (".epub",),
    "tables": (".csv", ".tsv"),
    "lists of articles": (".json", ".jsonl"),
}
KINDS_NOT_READ = {
    "old Word files and others of writing programs": ((".doc", ".dot", ".wpd", ".pages", ".wps"), "Save it as .docx."),
    "workbooks": ((".xls", ".xlsx", ".xlsm", ".ods", ".numbers"), "Save each sheet as .csv."),
    "slides": ((".ppt", ".pptx", ".odp", ".key"), "Save it as .pdf."),
    "Outlook's messages": ((".msg", ".pst"), "Save each as .eml."),
    "pictures": (
        (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".webp", ".bmp", ".heic", ".svg"),
        "If it shows text, put it through text recognition (OCR) first.",
    ),
    "sound and film": ((".mp3", ".m4a", ".wav", ".ogg", ".mp4", ".mov", ".avi", ".mkv"), "Save what is said as text."),
    "archives": ((".zip", ".rar", ".7z", ".tar", ".gz", ".tgz"), "Unpack it."),
}
SUFFIXES_READ = frozenset(suffix for suffixes in KINDS_READ.values() for suffix in suffixes)
READ = ", ".join(f"{kind} ({', '.join(suffixes)})" for kind, suffixes in KINDS_READ.items())
NOT_READ = ", ".join(KINDS_NOT_READ)


def why_not_read(suffix: str) -> str:
    """Return what a file with a suffix that is not read is, and what to do about it."""
    for kind, (suffixes, remedy) in KINDS_NOT_READ.items():
        if suffix.lower() in suffixes:
            return f"it is of a kind that is not read ({kind}). {remedy}"
    return "it is of no kind that is read. Save its text as a file."
