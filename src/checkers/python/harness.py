"""Runs constraint snippets inside the sandbox. Loaded once per child process, before the bridge to JavaScript is cut."""


def build_harness():
    import argparse
    import builtins
    import collections
    import datetime
    import json
    import logging
    import opcode
    import os
    import pathlib
    import re
    import sys
    import warnings

    # What snippets usually import: loaded once, so that restoring the memory does not make them load it again.
    import ast, base64, bisect, calendar, copy, csv, dataclasses, decimal, difflib, enum, fractions, functools, hashlib  # noqa
    import heapq, html.parser, inspect, io, itertools, math, operator, random, statistics, string, textwrap, time, typing  # noqa
    import unicodedata, urllib.parse, uuid, xml.etree.ElementTree  # noqa

    warnings.simplefilter("ignore")

    # parity: the names that snippets find in the official scorer's module without importing them (later version).
    scorer_names = {
        "json": json,
        "argparse": argparse,
        "os": os,
        "re": re,
        "logging": logging,
        "Path": pathlib.Path,
        "defaultdict": collections.defaultdict,
        "datetime": datetime.datetime,
    }

    # Modules whose use leaves nothing behind as long as no attribute is set.
    pure_modules = frozenset(
        "__future__ bisect calendar collections collections.abc datetime difflib fractions heapq html itertools json"
        " math re statistics string textwrap typing unicodedata urllib urllib.parse".split()
    )
    # Names through which a snippet could change something that outlives it, or reach beyond its own globals.
    telling_names = frozenset(
        "argparse breakpoint builtins compile delattr eval exec get_type_hints getattr globals help input locals logging"
        " memoryview open os Path setattr setfirstweekday update_wrapper vars wraps".split()
    )
    code_type = type(build_harness.__code__)
    setting_operations = frozenset(
        code for name, code in opcode.opmap.items() if name in ("STORE_ATTR", "DELETE_ATTR")
    )
    loads, dumps, compile_source, run_source = json.loads, json.dumps, compile, exec
    import_pattern = re.compile(r"^\s*(import\s+\S+|from\s+\S+\s+import\s+\S+)", re.MULTILINE)
    find_imports = import_pattern.findall
    missing_def = re.compile(r"^(check_following[ \t]*\()", re.MULTILINE).sub
    plain_builtins = dict(builtins.__dict__)
    base_exception, memory_error = BaseException, MemoryError
    longest_result = 8_000_000

    compiled = {}

    def code_of(source):
        """Compiled sources are kept: a run checks many responses with one source. Failures are not."""
        code = compiled.get(source)
        if code is None:
            code = compile_source(source, "<string>", "exec", 0, True)
            if len(compiled) >= 1000:
                compiled.clear()
            compiled[source] = code
        return code

    def clean_globals():
        return {"__name__": "__main__", "__builtins__": dict(plain_builtins), **scorer_names}

    def repair(source):
        try:
            code_of(source)
        except (SyntaxError, ValueError):
            return missing_def(r"def \1", source, 1)
        return source

    def is_telling(name):
        return name in telling_names or (name[:1] == "_" and name not in ("_", "__name__"))

    def writes_outside(code):
        """True unless the code object can be seen to change nothing but its own variables."""
        if not setting_operations.isdisjoint(code.co_code[::2]):
            return True
        if any(is_telling(name) for name in code.co_names):
            return True
        return any(isinstance(constant, code_type) and writes_outside(constant) for constant in code.co_consts)

    def imports_of(code):
        names = set()
        for operation, argument in instructions(code):
            if operation == import_name:
                names.add(code.co_names[argument])
        for constant in code.co_consts:
            if isinstance(constant, code_type):
                names |= imports_of(constant)
        return names

    import_name, extended = opcode.opmap["IMPORT_NAME"], opcode.opmap["EXTENDED_ARG"]

    def instructions(code):
        raw, high = code.co_code, 0
        for index in range(0, len(raw), 2):
            operation, argument = raw[index], raw[index + 1] | high
            high = (argument << 8) if operation == extended else 0
            yield operation, argument

    def plan(text):
        """True when the memory has to be restored after these sources: they might change what later checks see."""
        try:
            request = loads(text)
            for source in request["sources"]:
                source = repair(source) if request["mode"] == "repaired" else source
                codes = [code_of(source)]
                if request["mode"] == "strict":
                    codes += [compile_source(line, "<string>", "exec", 0, True) for line in find_imports(source)]
                for code in codes:
                    if writes_outside(code) or not imports_of(code) <= pure_modules:
                        return True
            return False
        except base_exception:
            # Not compiled, so that what an import before it did is not known.
            return True

    def run_strict(source, response):
        names = clean_globals()
        # parity: every line that looks like an import runs in the module first, wherever it stands in the source.
        for line in find_imports(source):
            run_source(line, names)
        variables = {"response": response}
        # parity: globals here, locals there, so that functions do not see each other.
        run_source(code_of(source), names, variables)
        if "check_following" not in variables:
            raise NameError("check_following not defined")
        return variables["check_following"](response)

    def run_repaired(source, response):
        names = clean_globals()
        names["response"] = response
        run_source(code_of(repair(source)), names)
        if "check_following" not in names:
            raise NameError("check_following not defined")
        return names["check_following"](response)

    runs = {"strict": run_strict, "repaired": run_repaired}

    def failed(error, reason):
        return {"kind": "error", "error": error[:500], "reason": reason}

    def describe(error):
        try:
            return f"{type(error).__name__}: {error}"
        except base_exception:
            return type(error).__name__

    def step(run, source, response):
        if not response:
            return None, failed("Empty response", "exception")
        try:
            return run(source, response), None
        except memory_error:
            return None, failed("MemoryError", "memory")
        # SystemExit and KeyboardInterrupt end the official run; here they are errors of the snippet like any other.
        except base_exception as error:
            return None, failed(describe(error), "exception")

    def encode(value):
        kind = type(value).__name__
        head = '{"kind":"value","type":' + dumps(kind) + ',"truthy":'
        if value is None or value is True or value is False:
            return head + dumps(bool(value)) + ',"value":' + dumps(value) + "}"
        if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
            return head + 'true,"special":' + dumps(repr(float(value))) + "}"
        if not isinstance(value, (str, int, float, list, tuple, dict)):
            raise TypeError(f"a {kind} is not plain JSON")
        if isinstance(value, str) and len(value) > longest_result:
            raise ValueError(f"the result has {len(value)} characters")
        text = head + dumps(bool(value)) + ',"value":' + dumps(value, allow_nan=False) + "}"
        if len(text) > longest_result:
            raise ValueError(f"the result has {len(text)} characters of JSON")
        return text

    def check(text):
        request = loads(text)
        run, value, error = runs[request["mode"]], request["response"], None
        for source in request["sources"]:
            value, failure = step(run, source, value)
            if failure and error:
                failure = {**failure, "error": f"{failure['error']} (before that: {error['error']})"[:900]}
            error = failure
        if error:
            return dumps(error)
        try:
            return encode(value)
        except memory_error:
            return dumps(failed("MemoryError", "memory"))
        except base_exception as problem:
            return dumps(failed(f"result of type {type(value).__name__}: {describe(problem)}", "unserialisable"))

    def cut_bridge():
        """Forgets every module that leads to JavaScript. Hardening only: the boundary is the process."""
        finders = [finder for finder in sys.meta_path if hasattr(finder, "jsproxies")]
        for finder in finders:
            finder.jsproxies.clear()
            sys.meta_path.remove(finder)
        import asyncio

        asyncio.set_event_loop_policy(asyncio.DefaultEventLoopPolicy())
        roots = ("js", "pyodide_js", "pyodide", "_pyodide", "_pyodide_core", "gc", "ctypes", "_ctypes", "webbrowser")
        for name in [*sys.modules, *roots]:
            if name.split(".")[0] in roots:
                module, sys.modules[name] = sys.modules.get(name), None
                # A search through the garbage collector would find the functions in the emptied module's place.
                for key in list(vars(module)) if module is not None and hasattr(module, "__dict__") else ():
                    if not key.startswith("__"):
                        delattr(module, key)

    return plan, check, cut_bridge
