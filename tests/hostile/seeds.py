"""Small sound files of every format, from which damaged ones are made."""

from __future__ import annotations

import json

from small_files import (
    HELLO,
    make_docx,
    make_epub,
    make_odt,
    make_pdf,
    make_xlsx,
    paragraph,
    sheet_rows,
    word_xml,
)

_TALK = (("speaker", "time", "text"), ("Anna", "0:01", "How?"), ("Ole", "0:05", "Well."), ("Anna", "", "So."))
_PAGE = (
    b"BT /F1 8 Tf 300 760 Td (Page 1) Tj ET BT /F1 10 Tf 72 700 Td (I: How did it be-) Tj 0 -12 Td (gin?) Tj "
    b"0 -12 Td (P1: We met [00:03].) Tj ET BT /F1 20 Tf 72 600 Td (World) Tj ET "
    b"BT /F1 10 Tf 72 560 Td (left) Tj 200 0 Td (right) Tj ET"
)
_AWS = {
    "results": {
        "transcripts": [{"transcript": "One."}],
        "speaker_labels": {"segments": [{"speaker_label": "spk_0", "items": [{"start_time": "0.1"}]}]},
        "items": [
            {"type": "pronunciation", "start_time": "0.1", "alternatives": [{"content": "One"}]},
            {"type": "punctuation", "alternatives": [{"content": "."}]},
        ],
    }
}
_GOOGLE = {"alternatives": [{"transcript": "One.", "words": [{"word": "One.", "startTime": "0.1s"}]}]}
_SPEECHMATICS = {"type": "word", "start_time": 0.1, "alternatives": [{"content": "One", "speaker": "S1"}]}
_FIRST = {
    "words": [{"name": "One", "time": "0.1", "duration": "0.2"}, {"name": ".", "time": "0.3"}],
    "speakers": [{"name": "M1", "time": "0.0", "duration": "2.0"}],
    "job": {"lang": "en"},
}
_WATSON = {
    "results": [{"alternatives": [{"transcript": "one ", "timestamps": [["one", 0.1, 0.2]]}], "final": True}],
    "speaker_labels": [{"from": 0.1, "to": 0.2, "speaker": 0}],
}
_CALL = {"Transcript": [{"ParticipantRole": "AGENT", "Content": "One.", "BeginOffsetMillis": 10}]}
_KALDI = {
    "retval": {"words": [{"word": "one", "punct": "One.", "start": 0.1, "end": 0.2}]},
    "segmentation": {"segments": [{"start": 0.0, "duration": 1.0, "speaker": {"@id": "S0", "gender": "F"}}]},
}
JSON: tuple[object, ...] = (
    [{"speaker": "A", "text": "One.", "start": 0.5, "end": 1}, {"speaker": "B", "text": "Two."}],
    {"segments": [{"speaker": "SPEAKER_00", "text": " One.", "start": 0.0, "words": [{"word": "One."}]}]},
    _AWS,
    {"results": [_GOOGLE]},
    {"results": [_SPEECHMATICS]},
    {
        "words": [{"word": "one", "punct": "One.", "start": 0.1}],
        "paragraphs": [{"speaker": "A", "time": 0.1}],
    },
    {"chunks": [{"timestamp": [0.0, 1.0], "text": " One."}], "text": " One."},
    {"transcription": [{"timestamps": {"from": "00:00:00,000"}, "offsets": {"from": 0}, "text": " One."}]},
    _FIRST,
    _WATSON,
    _CALL,
    _KALDI,
    {"meeting_transcripts": [{"speaker": "A", "text": "One.", "time": "0:01"}]},
)
_VTT = (
    b"WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:02.500 align:start\n<v Anna>How?</v>\n\n"
    b"00:03.000 --> 00:04.000\n<v Ole>Well <i>so</i>.\n\nSTYLE\n::cue {}\n"
)
_SRT = (
    b"1\n00:00:01,000 --> 00:00:02,500\nAnna: How?\n\n2\n00:00:03,000 --> 00:00:04,000\nOle: <i>Well</i>.\n"
)
_MARKDOWN = (
    b"---\ndate: 2009-06\ntitle: T\n---\n# Board\n\n**Anna:** How?\n\n**Ole:** *Well*.\n\n**Anna:** So?\n\n"
    b"**Ole:** So.\n\n- a\n- b\n\n> q\n"
)
_HTML = (
    b"<!DOCTYPE html><meta charset=utf-8><title>T</title><p><b>Anna:</b> How?<br>x<table><tr><td>a<td>b"
    b"</table><pre> x\n</pre><ul><li>one<li>two</ul><script>x()</script>&amp;&#x20AC;&nbsp;"
)
_RTF = (
    b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset204 A;}}{\\info{\\title T}}"
    b"\\b Anna:\\b0 How\\u8364?\\par"
    b"\\trowd\\intbl a\\cell b\\cell\\row\\pard{\\footnote x}\\'e9{\\f0 \\'e9}\\par}"
)
_WORD = (
    paragraph("I: How?") + paragraph("P: Well.") + paragraph("I: So?") + paragraph("P: So.")
    + f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t><w:tab/><w:br/><w:delText>y</w:delText>"
    "</w:r></w:p>"
)  # fmt: skip
_OPEN = (
    "<t:h>Board</t:h><t:p>I: How?</t:p><t:p>P1: Well<t:tab/>x<t:s t:c='3'/></t:p><t:p>I: So?</t:p>"
    "<t:p>P1: So.</t:p>"
    "<t:list><t:list-item><t:p>a</t:p></t:list-item></t:list>"
    "<b:table><b:table-row><b:table-cell><t:p>c</t:p></b:table-cell></b:table-row></b:table>"
)
SEEDS: dict[str, tuple[bytes, ...]] = {
    ".txt": (
        b"Interview, 12 June 2008\n\nI: How?\nP1: Well.\nI: And?\nP1: So. It was.\nI: Yes.\n",
        "[00:10] KARI:\nDet var så. “Ja” – 😀\n\n[00:12] OLE:\nNei.\n\n[00:15] KARI:\nJo.\n".encode(),
        b"ANNA  00:00\nSo. It was.\n\nOLE  00:04\nYes.\n\nANNA  00:09\nNo.\n",
        b"<nick> hello\n<other> hi\n<nick> so\n* nick leaves\nQ. Why?\nA. So.\nQ. And?\nA. No.\n",
        "speaker\ttext\nA\tOne.\nB\tTwo.\n".encode("utf-16"),
    ),
    ".md": (_MARKDOWN, b"| speaker | text |\n|---|---|\n| A | One. |\n\n```\ncode\n```\n[a](b) ![c](d)\n"),
    ".vtt": (_VTT,),
    ".srt": (_SRT,),
    ".sbv": (b"0:00:01.000,0:00:02.500\nAnna: How?\n\n0:00:03.000,0:00:04.000\nWell.\nSo.\n",),
    ".csv": (
        b'speaker,time,text\nAnna,0:01,"How, then?"\nOle,0:05,"Well ""so""."\n',
        b"id;age;answer\n1;30;Yes it was\n2;;No\n",
    ),
    ".tsv": (b"speaker\ttext\nAnna\tHow?\nOle\tWell.\n",),
    ".json": tuple(json.dumps(one).encode() for one in JSON),
    ".html": (
        _HTML,
        b"<html><body><h1>Board</h1><p>I: How?</p><p>P: Well.</p><!-- x --><img alt=y></body></html>",
    ),
    ".rtf": (_RTF,),
    ".docx": (make_docx(word_xml(_WORD)),),
    ".xlsx": (make_xlsx(sheet_rows(*_TALK) + '<row r="9"><c r="A9"><f>1+1</f><v>2</v></c></row>'),),
    ".odt": (make_odt(_OPEN),),
    ".epub": (
        make_epub("<html><body><h1>a</h1><p>I: How?</p><table><tr><td>x</td></tr></table></body></html>"),
    ),
    ".pdf": (make_pdf(HELLO), make_pdf(_PAGE)),
}
