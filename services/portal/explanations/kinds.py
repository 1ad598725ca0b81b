"""The shape of an explanation, and the two kinds that recur."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Explanation:
    title: str
    why: str
    next_steps: tuple[str, ...]


def out_of_turn(title: str) -> Explanation:
    """The thing is not in the state this act needs; usually somebody else was quicker."""
    return Explanation(
        title,
        "Việc này chỉ làm được ở một bước nhất định của quy trình; trang bạn xem có thể đã cũ.",
        ("Mở lại trang để xem trạng thái hiện tại và việc tiếp theo.",),
    )


def mend(title: str, why: str, step: str) -> Explanation:
    """Something in what was typed has to be put right."""
    return Explanation(title, why, (step, "Gửi lại; những gì đã nhập vẫn còn."))
