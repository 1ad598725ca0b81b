"""What a text is made of."""

from string import Formatter

import msgspec


class Template(msgspec.Struct, frozen=True):
    """`acknowledgement`: who is told for action confirms having taken note."""

    name: str
    version: int
    subject: str
    text: str
    acknowledgement: bool = False

    def facts(self) -> set[str]:
        """The names of the placeholders."""
        parsed = (*Formatter().parse(self.subject), *Formatter().parse(self.text))
        return {name for _, name, _, _ in parsed if name is not None}


FOOT = """

Thông báo này được gửi tới cơ quan, đơn vị, không gửi riêng cá nhân. Nội dung đầy đủ xem trên hệ \
thống, mục "Thông báo".
"""
