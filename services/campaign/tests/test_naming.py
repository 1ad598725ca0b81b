"""What a campaign is called."""

import pytest

from services.campaign.naming import name_of


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"abstract.0": "Phát động Phong trào thi đua chào mừng"}, "Phong trào thi đua chào mừng"),
        ({"abstract.0": "Về việc phát động phong trào thi đua X."}, "Phong trào thi đua X"),
        ({"abstract.0": "Phát động đợt thi đua hướng tới Z"}, "Đợt thi đua hướng tới Z"),
        ({"abstract.0": "Kế hoạch thi đua năm 2024"}, "Kế hoạch thi đua năm 2024"),
        ({"theme.0": "Thi đua chào mừng Đại hội."}, "Thi đua chào mừng Đại hội"),
        ({}, "Phong trào thi đua"),
    ],
)
def test_campaign_is_named_after_its_plan(values: dict[str, str], name: str) -> None:
    assert name_of(values) == name
