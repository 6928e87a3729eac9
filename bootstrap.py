"""Two commands for a fresh machine with Python and nothing else.

python3 bootstrap.py sample    installs Catat into .venv, builds the sample portfolio and says where to look
python3 bootstrap.py test      installs Catat with all its tests need, and runs every check that CI runs
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
SAMPLE_DAY = "2023-06-30"
CHECKER = "26.9.27"
"""The version of the W3C checker (the npm package vnu-jar); the pages are held to the rules of this one."""
LANGUAGE_SERVER = "2.0.0"
"""The version of yaml-language-server (npm), which VS Code runs for YAML; the schemas are tried with this one."""

SERVERS = {
    "sshd": "openssh-server",
    "smbd": "samba",
    "apache2": "apache2",
    "nginx": "nginx",
    "caddy": "caddy",
    "rsync": "rsync",
}
"""The programs that sites are published to and served by in the tests, and their packages in Debian."""

CORES = os.cpu_count() or 1
PROCESSES = str(max(CORES, min(2 * CORES, 4)))
"""Processes of the tests: more than cores, where these are few, for tests wait for browsers and servers."""

CHECKS = (
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("lint", ["-m", "ruff", "check", "."]),
    ("types", ["-m", "mypy"]),
    ("layers", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
    ("tests", ["-m", "pytest", "-rs", "-n", PROCESSES]),
)


def main() -> int:
    """Run the command that was asked for."""
    verb = sys.argv[1] if len(sys.argv) == 2 else ""
    if verb not in {"sample", "test"}:
        print(__doc__)
        return 2
    if sys.version_info < OLDEST:
        print(f"Catat needs Python {OLDEST[0]}.{OLDEST[1]} or later; this is {platform.python_version()}.")
        return 3
    if not make_environment():
        return 3
    return sample() if verb == "sample" else test()


def make_environment() -> bool:
    """Make the virtual environment, unless it is there; say what to do where the system cannot."""
    if PYTHON.exists():
        return True
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
    if made.returncode == 0:
        return True
    shutil.rmtree(VENV, ignore_errors=True)
    fetched = as_root(["apt-get", "install", "-y", "-qq", "python3-venv"])
    if fetched and subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode == 0:
        return True
    print("This Python cannot make virtual environments. On Debian or Ubuntu: sudo apt-get install python3-venv")
    return False


def install(what: str) -> bool:
    """Install the package from this folder with pip."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", what]
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        print("The packages could not be installed; see pip's words above. Is this machine connected?")
    return done.returncode == 0


def as_root(command: list[str]) -> bool:
    """Run a command of the system's package manager, where there is one and we may."""
    if shutil.which(command[0]) is None:
        return False
    if os.geteuid() != 0:
        if shutil.which("sudo") is None:
            return False
        command = ["sudo", "--non-interactive", *command]
    # Of services that are installed none is started: scripts that ask for the run level see that of one user.
    asking_nothing = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, **asking_nothing}}
    return subprocess.run(command, check=False, **quiet).returncode == 0  # type: ignore[call-overload,no-any-return]


def sample() -> int:
    """Install, build the sample and say where to look."""
    if not install("."):
        return 3
    command = [str(PYTHON), "-m", "generator", "build", "content", "--output", "site", "--as-of", SAMPLE_DAY]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def test() -> int:
    """Install everything and run every check; say aloud what could not be had."""
    if not install(".[test]"):
        return 3
    had = {
        "CATAT_CHROMIUM": find_browser() or (fetched("chromium") and find_browser()) or "",
        "CATAT_FIREFOX": find_firefox() or (fetched("firefox-esr") and find_firefox()) or "",
        "CATAT_CHECKER": find_checker() or "",
        "CATAT_YAML_SERVER": find_language_server() or "",
    }
    clones = find_mkfs()
    office = shutil.which("soffice") or fetched("libreoffice-calc-nogui", "libreoffice-writer-nogui")
    servers = missing_servers()
    # What Python compiles is kept, out of the tree: the tests begin hundreds of processes.
    environment = {**os.environ, **had, "PYTHONPYCACHEPREFIX": str(VENV / "compiled")}
    for name in ("PYTHONDEVMODE", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    failed = []
    for name, arguments in CHECKS:
        print(f"== {name}", flush=True)
        done = subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=environment, check=False)
        if done.returncode:
            failed.append(name)
    if not had["CATAT_CHROMIUM"]:
        print(
            "NOT RUN: the tests in a browser. Chromium is not here and could not be installed; install it and repeat."
        )
    if not had["CATAT_FIREFOX"]:
        print("NOT RUN: the tests in Firefox. It is not here and could not be installed; install it and repeat.")
    if not had["CATAT_CHECKER"]:
        print("NOT RUN: the W3C checker. It needs Java 17 and npm, and could not be fetched; install them and repeat.")
    if not had["CATAT_YAML_SERVER"]:
        print("NOT RUN: the YAML language server. It needs Node.js 20 and npm, and could not be fetched.")
    if servers:
        print(f"NOT RUN: the tests with {', '.join(servers)}. Not here and could not be installed.")
    if not office:
        print("NOT RUN: the tests with LibreOffice. It is not here and could not be installed.")
    if not clones:
        print("NOT RUN: clones of documents. mkfs.btrfs is not here and could not be installed.")
    if not can_limit():
        print("NOT RUN: the preview where the system can watch no more folders. No user namespace can be made here.")
    print(f"== failed: {', '.join(failed)}" if failed else "== everything passed")
    return 1 if failed else 0


def fetched(*packages: str) -> bool:
    """Install packages of the system, where there is an apt-get and we may use it."""
    return as_root(["apt-get", "update", "-qq"]) and as_root(["apt-get", "install", "-y", "-qq", *packages])


def find_browser() -> str | None:
    """Return a Chromium that the browser tests can drive."""
    named = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge"))
    return next((path for path in named if path), None)


def find_firefox() -> str | None:
    """Return a Firefox that the browser tests can drive."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def find_checker() -> str | None:
    """Return the W3C checker, fetched into the virtual environment once, if there is a Java that runs it."""
    folder = VENV / f"vnu-{CHECKER}"
    jar = folder / "node_modules/vnu-jar/build/dist/vnu.jar"
    if shutil.which("java") is None and not fetched("default-jre-headless"):
        return None
    if not jar.is_file() and not fetched_from_npm(f"vnu-jar@{CHECKER}", folder):
        return None
    runs = subprocess.run(["java", "-jar", str(jar), "--version"], check=False, capture_output=True)
    return str(jar) if runs.returncode == 0 else None


def find_mkfs() -> bool:
    """Whether a disk that has clones of files can be made, as a file."""
    return is_here("mkfs.btrfs") or (fetched("btrfs-progs") and is_here("mkfs.btrfs"))


def missing_servers() -> list[str]:
    """Return the servers that are not here, after those that were not are installed where that is possible."""
    missing = [name for name in SERVERS if not is_here(name)]
    if missing:
        packages = [SERVERS[name] for name in missing]
        # A system may know only some of them.
        _ = fetched(*packages) or [fetched(each) for each in packages]
    return [name for name in missing if not is_here(name)]


def is_here(program: str) -> bool:
    """Whether a program is installed, for administrators or for everybody."""
    places = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin"
    return shutil.which(program, path=places) is not None


def can_limit() -> bool:
    """Whether a command can be run where the system watches few folders, in a user namespace."""
    command = ["unshare", "--user", "--map-root-user", "sh", "-c", "echo 1 > /proc/sys/user/max_inotify_watches"]
    return bool(shutil.which("unshare")) and subprocess.run(command, check=False, capture_output=True).returncode == 0


def find_language_server() -> str | None:
    """Return the YAML language server, fetched into the virtual environment once, if a Node.js runs it."""
    folder = VENV / f"yaml-language-server-{LANGUAGE_SERVER}"
    server = folder / "node_modules/yaml-language-server/bin/yaml-language-server"
    if not server.is_file() and not fetched_from_npm(f"yaml-language-server@{LANGUAGE_SERVER}", folder):
        return None
    node = shutil.which("node")
    runs = node and subprocess.run([node, str(server), "--version"], check=False, capture_output=True).returncode == 0
    return str(server) if runs else None


def fetched_from_npm(package: str, folder: Path) -> bool:
    """Install a package of npm into a folder, running none of its scripts."""
    npm = shutil.which("npm") or (fetched("npm") and shutil.which("npm"))
    quiet = ["--silent", "--no-save", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=60000"]
    command = [str(npm), "install", *quiet, package, "--prefix", str(folder)]
    return bool(npm) and subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
