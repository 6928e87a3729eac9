"""Signs the list of a site as `ssh-keygen -Y sign` does, and has signatures checked by `ssh-keygen -Y verify`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import shutil
import socket
import struct
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from generator import exitcodes
from generator.disk import file_content
from generator.messages.refusals import Refused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAMESPACE = "catat"
KEY_TYPE = b"ssh-ed25519"
_HASH = b"sha512"
_MAGIC = b"SSHSIG"
_VERSION = 1
_LINE = 70


class SigningRefused(Refused):
    """A key cannot sign, or a signature cannot be checked; `code` is the exit code that goes with the sentence."""

    def __init__(self, sentence: str, code: int = exitcodes.USAGE) -> None:
        super().__init__(sentence)
        self.code = code


class SigningKey(Protocol):
    """A key of Ed25519 that signs."""

    public: bytes
    """The public key, as SSH writes it in a blob."""

    def sign(self, content: bytes) -> bytes:
        """Return the signature as SSH writes it in a blob. Raises SigningRefused."""


def sign_bytes(content: bytes, key: SigningKey) -> str:
    """Return the signature of a list, the same bytes as `ssh-keygen -Y sign -n catat` writes. Raises SigningRefused."""
    fields = _string(NAMESPACE.encode()) + _string(b"") + _string(_HASH)
    signed = _MAGIC + fields + _string(hashlib.sha512(content).digest())
    blob = _MAGIC + struct.pack(">I", _VERSION) + _string(key.public) + fields + _string(key.sign(signed))
    letters = base64.b64encode(blob).decode()
    lines = [letters[start : start + _LINE] for start in range(0, len(letters), _LINE)]
    return "\n".join(("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""))


def public_line(key: SigningKey) -> str:
    """Return the public key as it stands in `id_ed25519.pub`, without a comment."""
    return f"{KEY_TYPE.decode()} {base64.b64encode(key.public).decode()}"


def allowed_signer(key: SigningKey, identity: str) -> str:
    """Return the line of `allowed_signers` by which others recognise the signatures of a key."""
    return f'{identity} namespaces="{NAMESPACE}" {public_line(key)}'


def check_command(identity: str) -> str:
    """Return the command by which anybody checks a signature, in the folder of the site."""
    return f"ssh-keygen -Y verify -f allowed_signers -I {identity} -n {NAMESPACE} -s SHA256SUMS.sig < SHA256SUMS"


def load_key(path: Path, ask: Callable[[], str | None]) -> SigningKey:
    """Return the key in a file, or the one in the SSH agent whose public half the file holds.

    `ask` returns the passphrase of an encrypted key, None where nobody can be asked. Raises SigningRefused, OSError.
    """
    content = file_content(path, _MOST_KEY_BYTES)
    public = _public_key(content)
    if public is not None:
        return _AgentKey(public)
    if b"-----BEGIN" not in content:
        raise SigningRefused(_("{file} is not an SSH key.").format(file=path))
    return _file_key(path, content, ask)


_MOST_KEY_BYTES = 100_000


def _string(content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + content


def _other_type(path_or_type: str) -> SigningRefused:
    sentence = _("{key} is a key of another kind; sites are signed with Ed25519. Make one: {command}")
    return SigningRefused(sentence.format(key=path_or_type, command="ssh-keygen -t ed25519"))


def _public_key(content: bytes) -> bytes | None:
    """Return the blob of a public key; None where it is none. Raises SigningRefused for one of another type."""
    words = content.split()
    if len(words) < 2 or not words[0].startswith((b"ssh-", b"ecdsa-", b"sk-")):
        return None
    if words[0] != KEY_TYPE:
        raise _other_type(words[0].decode("ascii", "replace"))
    try:
        return base64.b64decode(words[1], validate=True)
    except binascii.Error:
        return None


class _FileKey:
    """A key whose private half was read from its file."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = _string(KEY_TYPE) + _string(private.public_key().public_bytes_raw())

    def sign(self, content: bytes) -> bytes:
        """Return the signature."""
        return _string(KEY_TYPE) + _string(self._private.sign(content))


def _file_key(path: Path, content: bytes, ask: Callable[[], str | None]) -> SigningKey:
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    except ImportError as error:
        sentence = _("Signing needs a library that is not installed: {command}")
        raise SigningRefused(sentence.format(command="pip install catat[publish]"), exitcodes.ENVIRONMENT) from error
    key = _read_private(path, content, ask)
    if not isinstance(key, Ed25519PrivateKey):
        raise _other_type(str(path))
    return _FileKey(key)


def _read_private(path: Path, content: bytes, ask: Callable[[], str | None]) -> object:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        try:
            return _parsed(content, None)
        except TypeError as error:  # it is encrypted
            passphrase = ask()
            if passphrase is None:
                sentence = _(
                    "{file} is encrypted, and nobody can be asked for its passphrase here. Use the SSH agent: {how}"
                )
                raise SigningRefused(sentence.format(file=path, how=f"ssh-add {path}; --key {path}.pub")) from error
            return _parsed(content, passphrase.encode())
    except UnsupportedAlgorithm as error:
        sentence = _("{file} cannot be read without a library that is not installed: {command}")
        command = "pip install catat[publish]"
        raise SigningRefused(sentence.format(file=path, command=command), exitcodes.ENVIRONMENT) from error
    except ValueError as error:
        sentence = _("{file} cannot be opened: the passphrase is wrong, or the file is damaged.")
        raise SigningRefused(sentence.format(file=path)) from error


def _parsed(content: bytes, passphrase: bytes | None) -> object:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_ssh_private_key

    is_ssh = b"OPENSSH PRIVATE KEY" in content
    return (load_ssh_private_key if is_ssh else load_pem_private_key)(content, passphrase)


class _AgentKey:
    """A key whose private half the SSH agent has."""

    def __init__(self, public: bytes) -> None:
        self.public = public

    def sign(self, content: bytes) -> bytes:
        """Return the signature that the agent makes. Raises SigningRefused."""
        path = os.environ.get("SSH_AUTH_SOCK")
        family = getattr(socket, "AF_UNIX", None)
        if not path or family is None:
            raise SigningRefused(_NO_AGENT(), exitcodes.ENVIRONMENT)
        request = bytes((_SIGN_REQUEST,)) + _string(self.public) + _string(content) + struct.pack(">I", 0)
        try:
            with socket.socket(family, socket.SOCK_STREAM) as agent:
                agent.settimeout(_AGENT_SECONDS)
                agent.connect(path)
                agent.sendall(_string(request))
                answer = _received(agent, struct.unpack(">I", _received(agent, 4))[0])
        except OSError as error:
            raise SigningRefused(_NO_AGENT(), exitcodes.ENVIRONMENT) from error
        if answer[:1] != bytes((_SIGN_RESPONSE,)):
            sentence = _("The SSH agent does not have the private half of this key. Give it to the agent with ssh-add.")
            raise SigningRefused(sentence, exitcodes.ENVIRONMENT)
        return answer[5:]


_SIGN_REQUEST, _SIGN_RESPONSE = 13, 14
_AGENT_SECONDS = 120
"""An agent may ask its user first."""
_MOST_ANSWER_BYTES = 1 << 18


def _NO_AGENT() -> str:  # noqa: N802 - a sentence, in the language of the moment
    return _("A public key signs through the SSH agent, and none answers here (SSH_AUTH_SOCK). Name the private key.")


def _received(agent: socket.socket, count: int) -> bytes:
    """Return so many bytes. Raises OSError where the agent closes before, or sends more than an answer has."""
    content = b""
    while len(content) < count:
        block = agent.recv(count - len(content)) if count <= _MOST_ANSWER_BYTES else b""
        if not block:
            raise ConnectionError
        content += block
    return content


class Signers(NamedTuple):
    """A file of `allowed_signers`, and who must have signed."""

    file: Path
    identity: str


def fault(content: bytes, signature: bytes, signers: Signers) -> str | None:
    """Return what ssh-keygen finds wrong with a signature; None where it is good. Raises SigningRefused, OSError."""
    with _file(signature) as file:
        whose = ("-f", os.fspath(signers.file), "-I", signers.identity, "-n", NAMESPACE)
        done = _ssh_keygen("verify", *whose, "-s", file, content=content)
    if done.returncode == 0:
        return None
    lines = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
    return lines[0] if lines else str(done.returncode)


def identities(signature: bytes, signers: Path) -> tuple[str, ...]:
    """Return by which names, or patterns of names, a file of `allowed_signers` knows the key of a signature today.

    Raises SigningRefused, OSError.
    """
    with _file(signature) as file:
        done = _ssh_keygen("find-principals", "-f", os.fspath(signers), "-s", file)
    lines = done.stdout.decode("utf-8", "surrogateescape").splitlines() if done.returncode == 0 else []
    return tuple(each for each in lines if each and not each.startswith("!"))


@contextmanager
def _file(signature: bytes) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="catat-") as folder:
        file = Path(folder, "signature")
        file.write_bytes(signature)
        yield os.fspath(file)


def _ssh_keygen(action: str, *options: str, content: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        sentence = _("The signature was not checked: ssh-keygen is not installed here (it comes with OpenSSH).")
        raise SigningRefused(sentence, exitcodes.ENVIRONMENT)
    return subprocess.run((program, "-Y", action, *options), input=content, capture_output=True, check=False)
