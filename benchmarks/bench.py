"""`make bench`: this project beside others on the same text in one run, and the limit of this machine.

Prints a report, and writes benchmarks/results.json and the charts speed.svg and growth.svg. Absolute figures
are of the machine that it ran on, and of what else that did; the ratios are what to keep. MB is a million bytes
of article text; per core means per second of processor time.
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import islice
from math import floor, log10
from pathlib import Path

import generate
import measure

HERE = Path(__file__).parent
WORK = HERE.parent / "build" / "bench"
RESULTS = HERE / "results.json"
BULK = HERE.parent.parent / "shared" / "corpus" / "bulk.jsonl"
SAMPLE = 100_000                # bytes of text that the others read
GENERATED = 4_000_000           # bytes of the corpus where there is none
NAMES = (10_000, 100_000, 1_000_000)     # in a file for --entities
METRICS = (250, 500, 1_000)             # files of schemas/metrics
RIVALS = {
    "quantulum3": (["quantulum3"], "from quantulum3 import parser\ndef find(text): return parser.parse(text)"),
    "recognizers-text": (
        ["recognizers-text-suite", "emoji==1.7.0"],
        "from recognizers_number_with_unit import recognize_currency, recognize_dimension\n"
        "from recognizers_number import recognize_percentage\n"
        "def find(text):\n"
        "    return [one for f in (recognize_currency, recognize_dimension, recognize_percentage)\n"
        "            for one in f(text, 'en-us')]")}
READ = "\nimport json, sys\nprint(sum(len(find(json.loads(line)['text'])) for line in open(sys.argv[1])))"
# Numbers with the commonest units, as a person would write them for grep.
QUANTITY = (r"\$? ?[0-9][0-9,.]* ?(?:million|billion|trillion|bn|percent|%|km|kWh|MW|GW|kg|tonnes|tons|miles|"
            r"dollars|euros|pounds|yuan|years|people|jobs|cars|vehicles|hours)?")
# Modules of a step, and packages in extract/; the rest is counted as claim.
STEPS = {"read": "read article language", "split": "sentence", "measure": "numbers", "name": "names",
         "date": "times context", "subject": "subjects", "metric": "metrics",
         "store": "database shard story norm correction publish"}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpus", nargs="?", type=Path, help="JSON lines with a field text")
    options.add_argument("--growth", action="store_true",
                         help="measure what a million names and a thousand metrics cost, and keep the other results")
    options.add_argument("--report", action="store_true", help="measure nothing: print the last results")
    chosen = options.parse_args()
    result = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    if not chosen.report:
        WORK.mkdir(parents=True, exist_ok=True)
        corpus = chosen.corpus or (BULK if BULK.exists() else generated())
        texts = [json.loads(line)["text"] for line in corpus.open(encoding="utf-8")]
        result |= {"growth": growth(texts)} if chosen.growth else speed(corpus, texts)
        RESULTS.write_text(json.dumps(result, indent=1) + "\n")
        draw(result)
    if not result:
        raise SystemExit(f"{RESULTS} does not exist; measure first, without --report")
    if "rows" in result:
        report(result)
    for kind, rows in result.get("growth", {}).items():
        report_growth(kind, rows)


def speed(corpus: Path, texts: list[str]) -> dict:
    """This project on one and two workers, the others, the limit, and the share of each step."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    result = {"corpus": corpus.name, "articles": len(texts), "mb": size, "cores": os.cpu_count(),
              "steps": steps(corpus, max(1, int(size // 9))), "rows": [ours(corpus, size, jobs) for jobs in (1, 2)]}
    sample = WORK / "sample.jsonl"
    taken = part(texts, sample)
    result["rows"] += [rival(name, *how, sample, taken) for name, how in RIVALS.items()]
    return result | {"limit": limit(texts, size)}


def generated() -> Path:
    path = WORK / "generated.jsonl"
    if not path.exists():
        generate.corpus(path, GENERATED)
    return path


def part(texts: list[str], path: Path, size: int = SAMPLE) -> float:
    """Write articles from all over the corpus up to a size; MB that were written."""
    taken, step = 0, max(1, sum(map(len, texts)) // (2 * size))
    with path.open("w", encoding="utf-8") as file:
        for text in islice(texts, 0, None, step):
            if taken >= size:
                break
            file.write(json.dumps({"text": text}) + "\n")
            taken += len(text.encode())
    return taken / 1e6


def row(name: str, mb: float, cost: measure.Cost, **more) -> dict:
    return {"name": name, "mb": mb, "seconds": cost.wall, "cpu": cost.cpu, "mb_per_core": mb / cost.cpu,
            "mb_per_second": mb / cost.wall, "peak_mb": max(cost.peaks, default=0) / 1e6, "failed": cost.failed, **more}


def ours(corpus: Path, size: float, jobs: int) -> dict:
    """The whole job: articles in, all tables out."""
    out = WORK / f"jobs-{jobs}"
    shutil.rmtree(out, ignore_errors=True)
    cost = measure.run([sys.executable, "-m", "extract.cli", "build", str(corpus), "-o", str(out), "--jobs", str(jobs)])
    import duckdb
    with duckdb.connect(str(out / "facts.duckdb"), read_only=True) as db:
        count = {name: db.execute(f"select count(*) from {name}").fetchone()[0] for name in ("quantities", "facts")}
    return row(f"figurebase, {jobs} worker{'s' * (jobs > 1)}", size, cost, jobs=jobs,
               numbers_per_second=count["quantities"] / cost.wall, facts_per_second=count["facts"] / cost.wall)


def rival(name: str, packages: list[str], code: str, sample: Path, mb: float) -> dict:
    """Quantities only, in an environment of its own; the time to start is taken off."""
    home = WORK / name
    python = home / "bin" / "python"
    if not (home / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *packages], check=True)
        (home / "installed").touch()
    script, nothing = home / "read.py", home / "nothing.jsonl"
    script.write_text(code + READ)
    nothing.write_text(json.dumps({"text": "It costs $5."}) + "\n")
    start = measure.run([str(python), str(script), str(nothing)])
    cost = measure.run([str(python), str(script), str(sample)])
    cost.cpu, cost.wall = max(cost.cpu - start.cpu, 0.01), max(cost.wall - start.wall, 0.01)
    return row(name, mb, cost)


def limit(texts: list[str], size: float) -> dict:
    """How fast the numbers with a unit can be counted at all."""
    plain = WORK / "plain.txt"
    if shutil.which("rg"):
        plain.write_text("\n".join(texts), encoding="utf-8")
        cost = measure.run(["rg", "--threads", "1", "--count-matches", "--no-unicode", "--text", QUANTITY, str(plain)])
        return row("limit: ripgrep counts a pattern", size, cost)
    import pyarrow as pa
    import pyarrow.compute as pc
    column, start, wall = pa.array(texts), time.process_time(), time.perf_counter()
    pc.count_substring_regex(column, QUANTITY)
    return row("limit: RE2 counts a pattern", size,
               measure.Cost(time.perf_counter() - wall, time.process_time() - start))


def steps(corpus: Path, every: int) -> dict[str, float]:
    """The share of processor time of each step, by looking every few milliseconds at what one process does.

    It reads and stores without `build`, which would leave the reading to others, and loads all rules before.
    """
    import extract
    import extract.ready  # noqa: F401
    from extract import database, read, shard
    package = Path(extract.__file__).parent
    step_of = {name: step for step, names in STEPS.items() for name in names.split()}
    some, seen, before = WORK / "steps.jsonl", Counter(), 0.0
    with corpus.open(encoding="utf-8") as lines:
        some.write_text("".join(islice(lines, 0, None, every)), encoding="utf-8")

    def look(_, frame) -> None:
        nonlocal before
        # A look waits while a library works: weighed by the time since the last.
        spent, before = time.process_time() - before, time.process_time()
        while frame and package not in Path(frame.f_code.co_filename).parents:
            frame = frame.f_back
        if frame:
            first = Path(frame.f_code.co_filename).relative_to(package).parts[0]
            seen[step_of.get(first.removesuffix(".py"), "claim")] += spent

    out = WORK / "steps"
    shutil.rmtree(out, ignore_errors=True)
    (out / "tables").mkdir(parents=True)
    usual, before = signal.signal(signal.SIGPROF, look), time.process_time()
    signal.setitimer(signal.ITIMER_PROF, 0.005, 0.005)
    try:
        shard.write(read.sources([str(some)]), out / "shard", lambda *counts: None)
        database.store([out / "shard"], out / "tables", dict.fromkeys(("tool", "rules", "build"), ""))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, usual)
    return {step: seen[step] / max(1, seen.total()) for step in [*STEPS, "claim"]}


GROWTH = """
import json, sys, time
from pathlib import Path
from extract import batch, schema, table
schema.add_names(Path(sys.argv[2]) if len(sys.argv) > 2 else None)
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
rows = [{"doc_id": str(at), "source": "s", "item": at, "lang": "en", "text": text} for at, text in enumerate(texts)]
rows = table.batch("documents", rows)
batch.extract(rows.slice(0, 1))
loaded = time.process_time()
batch.extract(rows)
print(json.dumps({"load": loaded, "run": time.process_time() - loaded, "metrics": len(schema.metrics())}))
"""


def growth(texts: list[str]) -> dict[str, list[dict]]:
    """What more names and more metrics cost: seconds to load them, and MB per core with them."""
    sample = WORK / "sample.jsonl"
    mb = part(texts, sample, 10 * SAMPLE)

    def measured(home: Path, *names: str) -> dict:
        cost = measure.run([sys.executable, "-P", "-c", GROWTH, str(sample), *names],
                           PYTHONPATH=str(home))
        times = json.loads(cost.output)
        return {"load_seconds": times["load"], "mb_per_core": mb / times["run"], "peak_mb": max(cost.peaks) / 1e6,
                "metrics": times["metrics"]}

    plain = measured(HERE.parent)
    names, metrics = [plain | {"names": 0}], [plain]
    for number in NAMES:
        file = WORK / f"names-{number}.csv"
        generate.names_file(file, number)
        names.append(measured(HERE.parent, str(file)) | {"names": number})
    for number in METRICS:
        home = WORK / f"metrics-{number}"
        shutil.rmtree(home, ignore_errors=True)
        for folder in ("extract", "schemas"):
            shutil.copytree(HERE.parent / folder, home / folder, ignore=shutil.ignore_patterns("__pycache__"))
        generate.metric_files(home / "schemas" / "metrics", number)
        metrics.append(measured(home))
    return {"names": names, "metrics": metrics}


def report(result: dict) -> None:
    one, two = result["rows"][:2]
    print(f"{result['mb']:.0f} MB of text in {result['articles']:,} articles, on a machine with "
          f"{result['cores']} cores\n")
    print(f"{'':32}{'MB/s and core':>14}{'figurebase is':>20}{'peak memory':>14}")
    for each in (*result["rows"], result["limit"]):
        ratio = one["mb_per_core"] / each["mb_per_core"]
        times = "" if each in (one, two) else f"{ratio:,.{1 if ratio >= 1 else 3}f} times as fast"
        peak = f"{each['peak_mb']:,.0f} MB" if each["peak_mb"] >= 1 else ""
        print(f"{each['name']:32}{each['mb_per_core']:14.3f}{times:>20}{peak:>14}  {each['failed']}".rstrip())
    print(f"\nA second of one worker gives {one['numbers_per_second']:,.0f} numbers and "
          f"{one['facts_per_second']:,.0f} facts.\nTwo workers are {one['seconds'] / two['seconds']:.2f} times as fast "
          f"as one.\nA terabyte of text takes {1e6 / one['mb_per_core'] / 3600:,.0f} hours of a core.")
    print("Share of time: " + ", ".join(f"{step} {share:.0%}" for step, share in result["steps"].items()))


def report_growth(kind: str, rows: list[dict]) -> None:
    title = "names of one's own" if kind == "names" else kind
    print(f"\n{title:>20}{'MB/s and core':>16}{'seconds to load':>18}{'peak memory':>14}")
    for each in rows:
        print(f"{each[kind]:20,}{each['mb_per_core']:16.3f}{each['load_seconds']:18.1f}{each['peak_mb']:11,.0f} MB")


def draw(result: dict) -> None:
    """The charts for README.md."""
    import altair as alt
    if "rows" in result:
        rows = [{"name": each["name"], "speed": each["mb_per_core"], "ours": "jobs" in each}
                for each in (*result["rows"], result["limit"])]
        ends = [10.0 ** floor(log10(min(row["speed"] for row in rows))),
                10.0 ** (floor(log10(max(row["speed"] for row in rows))) + 1)]
        ticks = [10.0 ** power for power in range(round(log10(ends[0])), round(log10(ends[1])) + 1)]
        base = alt.Chart(alt.Data(values=rows), width=460, title="MB of text read in a second of one core").encode(
            y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=240)),
            x=alt.X("speed:Q", title="MB/s; each line is ten times the one before",
                    scale=alt.Scale(type="log", domain=ends), axis=alt.Axis(values=ticks, format="~g")))
        bars = base.mark_bar().encode(x2=alt.datum(ends[0]), color=alt.Color("ours:N", legend=None))
        text = base.mark_text(align="left", dx=4).encode(text=alt.Text("speed:Q", format=",.2~r"))
        (bars + text).save(str(HERE / "speed.svg"))
    if "growth" in result:
        charts = [_curve(kind, rows) for kind, rows in result["growth"].items()]
        alt.hconcat(*charts).save(str(HERE / "growth.svg"))


def _curve(kind: str, rows: list[dict]):
    import altair as alt
    values = [{"number": each[kind], "speed": each["mb_per_core"]} for each in rows]
    x = alt.X("number:Q", title=None,
              axis=alt.Axis(values=[each[kind] for each in rows], format=",d", labelOverlap=False),
              scale=alt.Scale(type="symlog", constant=3_000) if kind == "names" else alt.Scale(zero=True))
    chart = alt.Chart(alt.Data(values=values), width=300, height=160, title=f"MB/s and core, by number of {kind}")
    return chart.mark_line(point=True).encode(x=x, y=alt.Y("speed:Q", title=None, scale=alt.Scale(zero=True)))


if __name__ == "__main__":
    main()
