"""Plain text in the encodings that editors here save."""

from services.campaign.files.refusal import FileRefused

UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def text_of(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with one; encodings of old fonts are not guessed."""
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise FileRefused("file-encoding") from None
