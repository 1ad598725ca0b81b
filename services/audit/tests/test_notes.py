"""Signed checkpoints: what we signed opens, everything else does not."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from services.audit.merkle import leaf_hash
from services.audit.notes import Checkpoint, NotSigned, Signer


def signer(seed: int, origin: str = "thidua/audit") -> Signer:
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Signer(origin, pem.decode())


CHECKPOINT = Checkpoint(300, leaf_hash(b"root"))
NOTE = signer(1).note(CHECKPOINT)


def test_signed_note_opens_to_its_checkpoint() -> None:
    assert signer(1).open(NOTE) == CHECKPOINT


def test_note_has_the_form_of_the_specification() -> None:
    origin, size, _root, empty, signature, rest = NOTE.split("\n")
    assert (origin, size, empty, rest) == ("thidua/audit", "300", "", "")
    assert signature.startswith("— thidua/audit ")
    name, key_id, _ = signer(1).verifier_key().split("+", 2)
    assert (name, len(key_id)) == ("thidua/audit", 8)


def test_signatures_of_others_do_not_matter() -> None:
    witness = signer(2, "tinh/witness").note(CHECKPOINT).splitlines()[-1]
    assert signer(1).open(f"{NOTE}{witness}\n") == CHECKPOINT


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("\n300\n", "\n299\n"),
        NOTE.replace("thidua/audit\n", "thidua/other\n", 1),
        signer(2).note(CHECKPOINT),
        NOTE.split("— ")[0],
        "",
        "nothing of the kind\n\n— a b\n",
    ],
)
def test_other_notes_do_not_open(note: str) -> None:
    with pytest.raises(NotSigned):
        signer(1).open(note)
