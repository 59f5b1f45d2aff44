"""
Pictures with none, one or several credentials inside, well made and badly, and what a reader must find in each.

Run as a script this writes ``baked-pictures.json``, by which the readers in Python and in TypeScript are both tested.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

TABLE = Path(__file__).with_name("baked-pictures.json")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER = bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
KEYWORD = b"openbadgecredential\0"
PLAIN = KEYWORD + b"\0\0\0\0"
OB = "https://purl.imsglobal.org/ob/v3p0"
SVG = "http://www.w3.org/2000/svg"
OPEN = f'<svg xmlns="{SVG}" xmlns:openbadges="{OB}">'
CREDENTIAL = '{"name":"سند <&> one"}'

Expected: TypeAlias = str
"""``none``, ``damaged``, ``several``, or the credential, which begins otherwise."""


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def png(*chunks: bytes) -> bytes:
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return SIGNATURE + chunk(b"IHDR", HEADER) + b"".join(chunks) + pixels + chunk(b"IEND")


def text(data: bytes, head: bytes = PLAIN) -> bytes:
    return chunk(b"iTXt", head + data)


def baked(body: str, attributes: str = "") -> str:
    return f"<openbadges:credential{attributes}>{body}</openbadges:credential>"


def svg(*parts: str, start: str = OPEN, end: str = "</svg>") -> bytes:
    return f"{start}{''.join(parts)}{end}".encode()


def cdata(content: str = CREDENTIAL) -> str:
    return f"<![CDATA[{content}]]>"


def png_cases() -> Iterator[tuple[str, bytes, Expected]]:
    data = CREDENTIAL.encode()
    one = text(data)
    bad = one[:-1] + bytes([one[-1] ^ 1])
    changed = one.replace(b"one", b"two")
    yield "png", png(one), CREDENTIAL
    yield "png-without", png(), "none"
    yield "png-behind-the-pixels", png()[:-12] + one + chunk(b"IEND"), CREDENTIAL
    yield "png-behind-the-end", png() + one, "none"
    yield "png-one-and-one-behind-the-end", png(one) + text(b"{}"), CREDENTIAL
    yield "png-two", png(one, text(b"{}")), "several"
    yield "png-two-alike", png(one, one), "several"
    yield "png-three", png(one, one, one), "several"
    yield "png-bad-checksum", png(bad), "damaged"
    yield "png-changed-text", png(changed), "damaged"
    yield "png-two-one-of-them-damaged", png(one, bad), "damaged"
    yield "png-bad-checksum-of-another-text", png(one, chunk(b"iTXt", b"Comment\0\0\0\0\0x")[:-1] + b"\0"), CREDENTIAL
    yield "png-bad-checksum-of-the-header", png(one).replace(chunk(b"IHDR", HEADER)[-4:], b"\0\0\0\0", 1), CREDENTIAL
    yield "png-compressed", png(text(zlib.compress(data), KEYWORD + b"\1\0\0\0")), "damaged"
    yield "png-compression-flag-two", png(text(data, KEYWORD + b"\2\0\0\0")), "damaged"
    yield "png-compressed-text-chunk", png(chunk(b"zTXt", KEYWORD + b"\0" + zlib.compress(data))), "none"
    yield "png-plain-text-chunk", png(chunk(b"tEXt", KEYWORD + data)), "none"
    yield "png-language-and-translated-keyword", png(text(data, KEYWORD + b"\0\0en\0badge\0")), CREDENTIAL
    yield "png-no-translated-keyword", png(chunk(b"iTXt", KEYWORD + b"\0\0en\0{}")), "damaged"
    yield "png-keyword-alone", png(chunk(b"iTXt", KEYWORD)), "damaged"
    yield "png-keyword-without-end", png(chunk(b"iTXt", KEYWORD[:-1])), "none"
    yield "png-keyword-of-open-badges-2", png(chunk(b"iTXt", b"openbadges\0\0\0\0\0" + data)), "none"
    yield "png-keyword-in-capitals", png(chunk(b"iTXt", PLAIN.upper() + data)), "none"
    yield "png-keyword-longer", png(chunk(b"iTXt", b"openbadgecredentials\0\0\0\0\0" + data)), "none"
    yield "png-keyword-inside-of-another-text", png(chunk(b"iTXt", b"Comment\0\0\0\0\0" + one)), "none"
    yield "png-text-empty", png(text(b"")), ""
    yield "png-text-with-zeros", png(text(b"{}\0")), "{}\0"
    yield "png-compact-jws", png(text(b"eyJh.eyJi.c2ln")), "eyJh.eyJi.c2ln"
    yield "png-cut-in-the-text", png(one)[:60], "damaged"
    yield "png-cut-before-the-end", png(one)[:-12], "damaged"
    yield "png-cut-in-the-end", png(one)[:-1], "damaged"
    yield "png-without-and-cut", png()[:-12], "damaged"
    yield "png-signature-alone", SIGNATURE, "damaged"
    yield "png-signature-cut", SIGNATURE[:-1], "none"
    yield (
        "png-length-beyond-the-file",
        png(one).replace(len(PLAIN + data).to_bytes(4), b"\x7f\xff\xff\xff", 1),
        "damaged",
    )
    yield (
        "png-length-of-four-gigabytes",
        png(one).replace(len(PLAIN + data).to_bytes(4), b"\xff\xff\xff\xff", 1),
        "damaged",
    )
    yield (
        "png-length-one-less",
        png(one).replace(len(PLAIN + data).to_bytes(4), (len(PLAIN + data) - 1).to_bytes(4), 1),
        "damaged",
    )


def svg_cases() -> Iterator[tuple[str, bytes, Expected]]:
    one = baked(cdata())
    escaped = CREDENTIAL.replace("&", "&amp;").replace("<", "&lt;")
    yield "svg", svg(one), CREDENTIAL
    yield "svg-without", svg("<path/>"), "none"
    yield "svg-empty", svg(start=f'<svg xmlns="{SVG}"/>', end=""), "none"
    yield "svg-behind-a-picture", svg("<g><path d='M0 0'/></g>", one), CREDENTIAL
    yield "svg-inside-of-a-group", svg("<g>", one, "</g>"), CREDENTIAL
    yield (
        "svg-declaration-and-type",
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
        + svg(one),
        CREDENTIAL,
    )
    yield "svg-white-space-around", svg(baked(f"\r\n\t {cdata()} \n")), CREDENTIAL
    yield "svg-white-space-inside", svg(baked(cdata("\r\n{}\n"))), "\r\n{}\n"
    yield "svg-two", svg(one, baked(cdata("{}"))), "several"
    yield "svg-two-alike", svg(one, one), "several"
    yield "svg-two-in-groups", svg("<g>", one, "</g><g>", one, "</g>"), "several"
    yield "svg-one-and-a-jws", svg(one, baked("", ' verify="a.b.c"')), "several"
    yield "svg-one-inside-of-another", svg(baked(cdata() + one)), "damaged"
    yield "svg-element-inside", svg(baked(f"<a/>{cdata()}")), "damaged"
    yield "svg-two-sections", svg(baked('<![CDATA[{"a":"]]]]><![CDATA[>"}]]>')), '{"a":"]]>"}'
    yield "svg-section-closed-early", svg(baked('<![CDATA[{"a":"]]>"}]]>')), '{"a":""}]]>'
    yield (
        "svg-section-closed-early-with-a-second-credential",
        svg(baked(f'<![CDATA[{{"a":"]]></openbadges:credential>{one}')),
        "damaged",
    )
    yield "svg-section-in-a-section", svg(baked("<![CDATA[<![CDATA[{}]]>")), "<![CDATA[{}"
    yield "svg-section-not-closed", svg(baked("<![CDATA[{}")), "damaged"
    yield "svg-section-with-markup", svg(baked(cdata("</openbadges:credential>&amp;"))), "</openbadges:credential>&amp;"
    yield "svg-escaped-instead-of-a-section", svg(baked(escaped)), CREDENTIAL
    yield "svg-numbers-for-characters", svg(baked("&#123;&#x7D;&#x1F600;")), "{}😀"
    yield "svg-number-of-a-surrogate", svg(baked("&#xD800;")), "damaged"
    yield "svg-number-zero", svg(baked("&#0;")), "damaged"
    yield "svg-number-beyond-unicode", svg(baked("&#x110000;")), "damaged"
    yield "svg-number-very-long", svg(baked("&#00000000123;")), "damaged"
    yield "svg-references-once-only", svg(baked("&amp;lt;")), "&lt;"
    yield "svg-references-made-of-two", svg(baked("&&lt;amp;")), "damaged"
    yield "svg-bare-ampersand", svg(baked('{"a":"&"}')), "damaged"
    yield "svg-comment-beside-the-section", svg(baked(f"<!-- {{}} -->{cdata()}<?a {{}}?>")), CREDENTIAL
    yield "svg-in-a-comment", svg(f"<!-- {one} -->"), "none"
    yield "svg-in-an-instruction", svg(f"<?a {one} ?>".replace("<![CDATA[", "")), "none"
    yield "svg-in-an-attribute", svg(f"<a b='{one}'/>"), "damaged"
    yield "svg-in-an-attribute-escaped", svg(f"<a b='{one.replace('<', '&lt;')}'/>"), "none"
    yield "svg-in-a-section", svg(f"<style><![CDATA[{baked('{}')}]]></style>"), "none"
    yield "svg-in-escaped-text", svg(f"<text>{one.replace('<', '&lt;')}</text>"), "none"
    yield "svg-two-and-one-in-a-comment", svg(f"<!-- {one} -->", one), CREDENTIAL
    yield "svg-comment-not-closed", svg(one, "<!-- "), "damaged"
    yield "svg-entity", b'<!DOCTYPE svg [<!ENTITY c "{}">]>' + svg(baked("&c;")), "damaged"
    yield "svg-entity-not-used", b'<!DOCTYPE svg [<!ENTITY c "{}">]>' + svg(one), "damaged"
    yield (
        "svg-entities-of-entities",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + svg("<text>&b;</text>"),
        "damaged",
    )
    yield (
        "svg-entity-from-elsewhere",
        b'<!DOCTYPE svg [<!ENTITY c SYSTEM "file:///etc/passwd">]>' + svg(baked("&c;")),
        "damaged",
    )
    yield "svg-entity-that-is-not-declared", svg(baked("&c;")), "damaged"
    yield "svg-document-type-late", svg("<!DOCTYPE svg>", one), "damaged"
    yield "svg-element-declared", svg("<!ELEMENT svg ANY>", one), "damaged"
    yield "svg-another-prefix", svg(f'<c:credential xmlns:c="{OB}">{cdata()}</c:credential>'), CREDENTIAL
    yield "svg-no-prefix", svg(f'<credential xmlns="{OB}">{cdata()}</credential>'), CREDENTIAL
    yield "svg-prefix-not-declared", svg(one, start=f'<svg xmlns="{SVG}">'), "none"
    yield "svg-prefix-of-another-namespace", svg(one, start='<svg xmlns:openbadges="http://openbadges.org">'), "none"
    yield "svg-prefix-declared-anew", svg(f'<g xmlns:openbadges="urn:x">{one}</g>'), "none"
    yield "svg-prefix-declared-anew-elsewhere", svg('<g xmlns:openbadges="urn:x"/>', one), CREDENTIAL
    yield (
        "svg-namespace-of-two-declarations",
        svg(one, start=f'<svg xmlns:openbadges="{OB}" xmlns:openbadges="urn:x">'),
        "damaged",
    )
    yield (
        "svg-namespace-by-numbers",
        svg(one, start=f'<svg xmlns:openbadges="{OB.replace("h", "&#104;", 1)}">'),
        "damaged",
    )
    yield "svg-namespace-longer", svg(one, start=f'<svg xmlns:openbadges="{OB}/">'), "none"
    yield "svg-namespace-of-svg", svg(f"<credential>{cdata()}</credential>"), "none"
    yield "svg-assertion-of-open-badges-2", svg(f"<openbadges:assertion>{cdata()}</openbadges:assertion>"), "none"
    yield "svg-name-in-capitals", svg(f"<openbadges:Credential>{cdata()}</openbadges:Credential>"), "none"
    yield "svg-name-of-three-parts", svg(f"<openbadges:x:credential>{cdata()}</openbadges:x:credential>"), "none"
    yield "svg-empty-element", svg("<openbadges:credential/>"), "damaged"
    yield "svg-nothing-inside", svg(baked(" \n")), "damaged"
    yield "svg-jws", svg(baked("", ' verify="eyJh.eyJi.c2ln"')), "eyJh.eyJi.c2ln"
    yield "svg-jws-empty-element", svg("<openbadges:credential verify='eyJh.eyJi.c2ln' />"), "eyJh.eyJi.c2ln"
    yield "svg-jws-and-body", svg(baked(cdata(), ' verify="a.b.c"')), "damaged"
    yield "svg-jws-of-other-characters", svg(baked("", ' verify="{}"')), "damaged"
    yield "svg-jws-empty", svg(baked("", ' verify=""')), "damaged"
    yield "svg-attribute-twice", svg(baked("", ' verify="a.b.c" verify="d.e.f"')), "damaged"
    yield "svg-attribute-without-quotes", svg(one, start=f'<svg xmlns:openbadges="{OB}" width=3>'), "damaged"
    yield "svg-attributes-without-space", svg(one, start=f'<svg xmlns:openbadges="{OB}"width="3">'), "damaged"
    yield "svg-greater-than-in-an-attribute", svg(one, start=f'<svg d="1>0" xmlns:openbadges="{OB}">'), CREDENTIAL
    yield (
        "svg-space-within-tags",
        svg(f'<openbadges:credential\n a = "b"\t>{cdata()}</openbadges:credential \n>'),
        CREDENTIAL,
    )
    yield "svg-tags-that-cross", svg("<a><b>", one, "</a></b>"), "damaged"
    yield "svg-not-closed", svg(one, end=""), "damaged"
    yield "svg-closed-twice", svg(one, end="</svg></svg>"), "damaged"
    yield "svg-cut-in-the-credential", svg(one)[:140], "damaged"
    yield "svg-two-roots", svg(one) + svg(), "damaged"
    yield "svg-text-behind", svg(one) + b"more", "damaged"
    yield "svg-space-and-comment-behind", svg(one) + b"\n<!-- drawn -->\n", CREDENTIAL
    yield "svg-end-before-the-beginning", b"</svg>", "damaged"
    yield "svg-half-an-end", b"</", "damaged"
    yield "svg-less-than-alone", b"<", "damaged"
    yield "svg-as-deep-as-allowed", svg("<g>" * 254, one, "</g>" * 254), CREDENTIAL
    yield "svg-deeper", svg("<g>" * 255, one, "</g>" * 255), "damaged"
    yield "svg-as-large-as-allowed", svg(one) + b" " * (4_194_304 - len(svg(one))), CREDENTIAL
    yield "svg-larger", svg(one) + b" " * (4_194_305 - len(svg(one))), "damaged"
    yield "svg-not-utf-8", svg(one, "<text>\xe9</text>").replace(b"\xc3", b""), "damaged"
    yield "svg-utf-16", svg(one).decode().encode("utf-16"), "none"
    yield "svg-space-before", b" \n" + svg(one), CREDENTIAL
    yield "html", b"<!DOCTYPE html>\n<html><body>" + svg(one) + b"</body></html>", "none"
    yield "html-badly-written", b"<html><p>a<p>b & c</html>", "none"
    yield "xml", f'<credential xmlns="{OB}">{cdata()}</credential>'.encode(), "none"
    yield "json", CREDENTIAL.encode(), "none"
    yield "digits", b"00412345678901234500", "none"
    yield "jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + text(CREDENTIAL.encode()), "none"
    yield "nothing", b"", "none"
    yield "space", b" " * 2_000, "none"
    yield "mark-behind-too-much-space", b" " * 1_024 + svg(one), "none"


def cases() -> list[dict[str, str]]:
    """Give each picture as text or, where it is none, as base64; long runs of spaces are counted at its end."""
    table = []
    for name, picture, expected in (*png_cases(), *svg_cases()):
        case = {"name": name}
        try:
            readable = picture.decode("utf-8")
            case["text"] = readable.rstrip(" ")
            case["spaces"] = str(len(readable) - len(case["text"]))
        except UnicodeDecodeError:
            case["base64"] = base64.b64encode(picture).decode("ascii")
        key = "finds" if expected in ("none", "damaged", "several") else "credential"
        table.append({**case, key: expected})
    return table


def picture(case: dict[str, str]) -> bytes:
    if "base64" in case:
        return base64.b64decode(case["base64"])
    return (case["text"] + " " * int(case["spaces"])).encode("utf-8")


def written() -> str:
    return json.dumps(cases(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TABLE.write_text(written(), encoding="utf-8")
