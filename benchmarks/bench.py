"""`make bench`: this project beside others on the same text in one run, and the limit of this machine.

Prints a report, and writes benchmarks/results.json and benchmarks/speed.svg. Absolute figures are of the machine
that it ran on, and of what else that did; the ratios are what to keep. MB is a million bytes of article text; per
core means per second of processor time.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from itertools import islice
from pathlib import Path

import generate
import measure

HERE = Path(__file__).parent
WORK = HERE.parent / "build" / "bench"
BULK = HERE.parent.parent / "shared" / "corpus" / "bulk.jsonl"
SAMPLE = 100_000                # bytes of text that the others read
GENERATED = 4_000_000           # bytes of the corpus where there is none
NAMES = (0, 10_000, 100_000, 1_000_000)
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
# Modules of a step; the rest of the package is counted as claim.
STEPS = {"read": "read article language", "split": "sentence", "measure": "quantity number unit",
         "name": "entity spelling", "date": "period timing", "store": "database shard story norm correction publish"}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpus", nargs="?", type=Path, help="JSON lines with a field text")
    options.add_argument("--growth", action="store_true", help="also measure a million names (takes minutes)")
    chosen = options.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    corpus = chosen.corpus or (BULK if BULK.exists() else generated())
    texts = [json.loads(line)["text"] for line in corpus.open(encoding="utf-8")]
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{size:.1f} MB of text in {len(texts):,} articles of {corpus.name}, on a machine with {os.cpu_count()} cores."
          "\nAbsolute figures are this machine's; keep the ratios.\n")
    result = {"corpus": corpus.name, "mb": size, "rows": [], "steps": steps(corpus, max(1, int(size // 3)))}
    for jobs in (1, 2):
        result["rows"].append(ours(corpus, size, jobs))
    sample = WORK / "sample.jsonl"
    taken = part(texts, sample)
    for name, (packages, code) in RIVALS.items():
        result["rows"].append(rival(name, packages, code, sample, taken))
    result["rows"].append(limit(texts, size))
    if chosen.growth:
        result["names"] = growth(part(texts, sample, 10 * SAMPLE), sample)
    (HERE / "results.json").write_text(json.dumps(result, indent=1) + "\n")
    report(result)
    chart(result, HERE / "speed.svg")


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
    """The share of time of each step, by looking at where one process is every few milliseconds."""
    from extract.build import build
    module = {name: step for step, names in STEPS.items() for name in names.split()}
    some, seen, over = WORK / "steps.jsonl", Counter(), threading.Event()
    with corpus.open(encoding="utf-8") as lines:
        some.write_text("".join(islice(lines, 0, None, every)), encoding="utf-8")
    me = threading.get_ident()

    def look() -> None:
        while not over.wait(0.005):
            frame = sys._current_frames().get(me)
            while frame and Path(frame.f_code.co_filename).parent.name != "extract":
                frame = frame.f_back
            if frame:
                seen[module.get(Path(frame.f_code.co_filename).stem, "claim")] += 1

    shutil.rmtree(WORK / "steps", ignore_errors=True)
    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        build([str(some)], WORK / "steps", jobs=1)
    finally:
        over.set()
        watcher.join()
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
print(json.dumps({"load": loaded, "run": time.process_time() - loaded}))
"""


def growth(mb: float, sample: Path) -> list[dict]:
    """Seconds to load so many names more, and MB per core with them."""
    found = []
    for number in NAMES:
        names = WORK / f"names-{number}.csv"
        if number and not names.exists():
            generate.names_file(names, number)
        cost = measure.run([sys.executable, "-c", GROWTH, str(sample), *([str(names)] if number else [])])
        times = json.loads(cost.output)
        found.append({"names": number, "load_seconds": times["load"], "mb_per_core": mb / times["run"],
                      "peak_mb": max(cost.peaks) / 1e6})
    return found


def report(result: dict) -> None:
    first = result["rows"][0]["mb_per_core"]
    print(f"{'':34}{'MB/s core':>10}{'ratio':>9}{'peak MB':>9}{'seconds':>9}")
    for each in result["rows"]:
        note = f"  {each['failed']}" if each["failed"] else ""
        print(f"{each['name']:34}{each['mb_per_core']:10.3f}{each['mb_per_core'] / first:9.3f}"
              f"{each['peak_mb']:9.0f}{each['seconds']:9.1f}{note}")
    one, two, *_ = result["rows"]
    print(f"\nnumbers and facts a second, one worker: {one['numbers_per_second']:,.0f}, {one['facts_per_second']:,.0f}")
    print(f"two workers are {one['seconds'] / two['seconds']:.2f} times as fast as one")
    print("share of time: " + ", ".join(f"{step} {share:.0%}" for step, share in result["steps"].items()))
    for each in result.get("names", ()):
        print(f"{each['names']:9,} names more: {each['load_seconds']:6.1f} s to load, {each['mb_per_core']:.3f} MB/s core, "
              f"{each['peak_mb']:,.0f} MB")


def chart(result: dict, path: Path) -> None:
    import altair as alt
    rows = [{"name": each["name"], "MB a second and core": each["mb_per_core"]} for each in result["rows"]]
    bars = alt.Chart(alt.Data(values=rows), width=420, title="Text read per second of one core").encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=220)),
        x=alt.X("MB a second and core:Q", scale=alt.Scale(type="log")))
    text = bars.mark_text(align="left", dx=4).encode(text=alt.Text("MB a second and core:Q", format=".2~r"))
    (bars.mark_bar() + text).save(str(path))


if __name__ == "__main__":
    main()
