"""Render one sample of each paper: python -m libs.officialdocs.sample OUT_DIR

The data stands in samples/; its people and numbers are made up.
"""

import sys
from pathlib import Path
from typing import TypeVar

import msgspec

from libs.officialdocs.papers import Certificate, Decision, Issuer, Plan
from libs.officialdocs.render import certificates, decision, plan_document

T = TypeVar("T")
SAMPLES = Path(__file__).parent / "samples"


class CertificateBatch(msgspec.Struct, frozen=True):
    issuer: Issuer
    certificates: list[Certificate]


def sample(name: str, kind: type[T]) -> T:
    return msgspec.json.decode((SAMPLES / f"{name}.json").read_bytes(), type=kind)


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    batch = sample("certificates", CertificateBatch)
    (out / "giay-khen.pdf").write_bytes(certificates(batch.certificates, batch.issuer))
    (out / "quyet-dinh.pdf").write_bytes(decision(sample("decision", Decision)))
    (out / "ke-hoach.pdf").write_bytes(plan_document(sample("plan", Plan)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
