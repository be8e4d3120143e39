"""The tests with the oldest and the newest libraries that pyproject.toml allows, on every Python that is
here, and whether wheels exist for those that are not: `make test-matrix`."""
import nox

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)          # the classifiers say which
RESOLUTIONS = {"oldest": "lowest-direct", "newest": "highest"}

nox.options.default_venv_backend = "uv"
nox.options.error_on_missing_interpreters = False       # CI=true would make it an error
nox.needs_version = ">=2024.10"


@nox.session(python=PYTHONS)
@nox.parametrize("libraries", list(RESOLUTIONS))
def tests(session: nox.Session, libraries: str) -> None:
    """All tests but the long ones."""
    session.install("--resolution", RESOLUTIONS[libraries], "--only-binary", ":all:", "--no-binary", "figurebase",
                    "-e", ".[dev]")
    session.run("pytest", "-n", "2", "-m", "not long", *session.posargs)


@nox.session(venv_backend="none")
@nox.parametrize("libraries", list(RESOLUTIONS))
@nox.parametrize("python", PYTHONS)
def wheels(session: nox.Session, python: str, libraries: str) -> None:
    """Whether all that the tests need can be had without a compiler; nothing is installed."""
    session.run("uv", "pip", "compile", "--quiet", "--python-version", python, "--resolution", RESOLUTIONS[libraries],
                "--only-binary", ":all:", "--extra", "dev", "--output-file", f"{session.create_tmp()}/{python}.txt",
                "pyproject.toml", external=True)
