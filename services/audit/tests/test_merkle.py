"""The tree against the vectors of RFC 6962's reference code, and against another implementation."""

import pytest
from pymerkle import InmemoryTree

from services.audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    inclusion_proof,
    is_included,
    leaf_hash,
    root_of,
)

# certificate-transparency-go, merkle/testonly: inputs and the roots over the first n of them.
INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(bytes.fromhex(data)) for data in INPUTS]
MANY = [leaf_hash(bytes([n // 256, n % 256])) for n in range(300)]


def test_roots_are_those_of_the_published_vectors() -> None:
    assert [root_of(LEAVES[:n]).hex() for n in range(1, 9)] == ROOTS
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_roots_are_those_of_another_implementation() -> None:
    other = InmemoryTree(algorithm="sha256")
    ours = Frontier()
    for n in range(100):
        data = f"leaf {n}".encode()
        other.append_entry(data)
        ours = ours.grown([leaf_hash(data)])
        assert ours.root == other.get_root()


@pytest.mark.parametrize("first", [0, 1, 2, 3, 64, 100, 255, 256, 300])
def test_tree_goes_on_growing_from_its_peaks(first: int) -> None:
    begun = Frontier().grown(MANY[:first])
    kept = Frontier(begun.size, begun.peaks)
    assert kept.grown(MANY[first:]) == Frontier().grown(MANY)


@pytest.mark.parametrize("size", [1, 2, 7, 64, 100, 300])
def test_every_leaf_is_proven_included_and_no_other(size: int) -> None:
    root = root_of(MANY[:size])
    for index in range(0, size, 1 + size // 20):
        proof = inclusion_proof(index, MANY[:size])
        assert is_included(MANY[index], index, size, proof, root)
        assert not is_included(LEAVES[0], index, size, proof, root)
        assert not is_included(MANY[index], index + 1, size, proof, root) or size == 1
