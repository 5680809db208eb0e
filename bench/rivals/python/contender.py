"""The protocol of bench/src/contender.hpp for a contender in Python."""

import json
import os
import sys
import time


def timed_file(path, write):
    """Nanoseconds until the file that `write` makes is synced, and its size; it is removed."""
    start_ns = time.monotonic_ns()
    write(path)
    descriptor = os.open(path, os.O_RDONLY)
    os.fdatasync(descriptor)
    os.close(descriptor)
    elapsed_ns = time.monotonic_ns() - start_ns
    size_bytes = os.stat(path).st_size
    os.unlink(path)
    return {"elapsed_ns": elapsed_ns, "size_bytes": size_bytes}


def file_variants(name, writes, folders):
    """`writes`: {variant: function of a path}; `folders`: {target: folder}."""
    return {
        f"{variant}_{target}": lambda write=write, path=os.path.join(folder, f"{name}-{variant}.parquet"): timed_file(path, write)
        for variant, write in writes.items()
        for target, folder in folders.items()
    }


def serve(version, variants):
    print(json.dumps({"version": version, "variants": list(variants)}), flush=True)
    for line in sys.stdin:
        try:
            answer = variants[line.strip()]()
        except Exception as error:  # The harness leaves the row out and says why.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
