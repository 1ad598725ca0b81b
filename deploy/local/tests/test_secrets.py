"""Secrets are this machine's own, for one pair of eyes, and stay what they were."""

import base64
import re
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from deploy.local.secrets import Secrets


def test_each_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = Secrets(tmp_path).password("nats-dossier")
    made = first.read_text()
    assert Secrets(tmp_path).password("nats-dossier").read_text() == made
    assert first.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["nats-dossier"]


def test_interrupted_start_leaves_no_empty_secret(tmp_path: Path) -> None:
    (tmp_path / ".kek.unfinished").touch()
    assert len(Secrets(tmp_path).raw_key("kek").read_bytes()) == 32


def test_keys_have_the_form_their_readers_expect(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path)
    assert len(base64.b64decode(secrets.text_key("pseudonym-key").read_text())) == 32
    pem = secrets.signing_key("audit-key").read_bytes()
    assert isinstance(load_pem_private_key(pem, None), Ed25519PrivateKey)


def test_password_for_a_person_can_be_copied_by_hand(tmp_path: Path) -> None:
    password = Secrets(tmp_path).readable_password("administrator-password").read_text()
    assert re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}", password)
