"""What to say of files that no reader takes: the reason, and what their owner can do."""

from __future__ import annotations

_SUFFIXES = (
    ".mp3 .wav .m4a .ogg .flac .aac .wma .mp4 .mov .avi .mkv .webm .wmv "
    ".jpg .jpeg .png .gif .bmp .tif .tiff .webp .heic .svg"
)
_MEDIA = _SUFFIXES.split()
_MEDIA_ADVICE = (
    "it is sound, film or a picture, and qualcase keeps time stamps but neither plays nor codes regions",
    "Import the transcript; its time stamps are kept.",
)
_ARCHIVE_ADVICE = ("it is an archive", "Unpack it and import the files inside.")
_DOCUMENT_ADVICE = (
    "this version does not read {suffix} files",
    "Open it in the program that made it and save it as .docx or .txt.",
)
_ADVICE = {
    **dict.fromkeys(_MEDIA, _MEDIA_ADVICE),
    **dict.fromkeys((".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz"), _ARCHIVE_ADVICE),
    **dict.fromkeys((".pages", ".wpd"), _DOCUMENT_ADVICE),
    ".doc": (
        "it is in the old Word format, which qualcase does not read",
        "Open it in Word or LibreOffice and save it as .docx.",
    ),
    **dict.fromkeys(
        (".xls", ".ods", ".xlsm", ".xlsb"),
        ("qualcase does not read {suffix} files", "Save the sheet as .xlsx or .csv and import that file."),
    ),
    **dict.fromkeys(
        (".eaf", ".textgrid", ".cha", ".tei", ".xml"),
        (
            "TEI, ELAN, CHAT and TextGrid come with a later version of qualcase",
            "Until then, export the transcript as .txt, .docx, .vtt or .srt and import that file.",
        ),
    ),
}


def advise(suffix: str, data: bytes, known: tuple[str, ...]) -> tuple[str, str]:
    """Return (reason, hint) for a file whose suffix no reader answers to."""
    if not suffix:
        reason = "its name has no ending that tells its format" if data else "it is empty"
        return reason, f"Rename it so that it ends in one of {', '.join(known)}."
    reason, hint = _ADVICE.get(
        suffix, ("“{suffix}” is not a format that qualcase reads", f"It reads {', '.join(known)}.")
    )
    return reason.format(suffix=suffix), hint
