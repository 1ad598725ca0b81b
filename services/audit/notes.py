"""Checkpoints as signed notes: C2SP tlog-checkpoint and signed-note, Ed25519.

    <origin>
    <number of leaves>
    <root hash, base64>

    — <origin> <base64 of key id and signature>

Whoever has such a note and the public key can prove later what the log held then; so notes are
worth something only once they are also kept where the administrators of this system cannot reach.
"""

import base64
import binascii
import hashlib

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

ED25519 = b"\x01"  # signature type of signed-note


class NotSigned(Exception):
    """The note was not signed with this key, or is no note."""


class Checkpoint(msgspec.Struct, frozen=True):
    size: int
    root: bytes


class Signer:
    """A name and its Ed25519 key, from PEM (PKCS 8)."""

    def __init__(self, origin: str, pem: str) -> None:
        key = load_pem_private_key(pem.encode(), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError("the audit key is not an Ed25519 key")
        self.origin, self._key = origin, key

    def note(self, checkpoint: Checkpoint) -> str:
        """The signed note of a checkpoint."""
        root = base64.b64encode(checkpoint.root).decode()
        text = f"{self.origin}\n{checkpoint.size}\n{root}\n"
        signature = self._key.sign(text.encode())
        sealed = base64.b64encode(_key_id(self.origin, self._key.public_key()) + signature)
        return f"{text}\n— {self.origin} {sealed.decode()}\n"

    def open(self, note: str) -> Checkpoint:
        """The checkpoint that we signed; raises NotSigned."""
        return opened(note, self.origin, self._key.public_key())

    def verifier_key(self) -> str:
        """`<name>+<key id>+<key>`: what others check our notes with."""
        key = self._key.public_key()
        public = base64.b64encode(ED25519 + _raw(key)).decode()
        return f"{self.origin}+{_key_id(self.origin, key).hex()}+{public}"


def opened(note: str, origin: str, key: Ed25519PublicKey) -> Checkpoint:
    """The checkpoint in a note signed by `origin`; other signatures in it do not matter."""
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    try:
        _verify(text.encode(), signatures, origin, key)
        name, size, root = text.split("\n")[:3]
        checkpoint = Checkpoint(int(size), base64.b64decode(root, validate=True))
    except (InvalidSignature, ValueError, binascii.Error):
        raise NotSigned from None
    if name != origin or str(checkpoint.size) != size:
        raise NotSigned
    return checkpoint


def _verify(text: bytes, signatures: str, origin: str, key: Ed25519PublicKey) -> None:
    for line in signatures.splitlines():
        _, name, sealed = line.split(" ")
        signature = base64.b64decode(sealed, validate=True)
        if name == origin and signature[:4] == _key_id(origin, key):
            return key.verify(signature[4:], text)
    raise NotSigned


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _key_id(name: str, key: Ed25519PublicKey) -> bytes:
    return hashlib.sha256(f"{name}\n".encode() + ED25519 + _raw(key)).digest()[:4]
