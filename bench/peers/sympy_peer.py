"""SymPy at one job: JSON on standard input, figures as JSON lines on standard output."""
import json
import re
import sys
import time

import sympy
from sympy.core.cache import clear_cache

sys.setrecursionlimit(100000)
job = json.load(sys.stdin)
TOKEN = re.compile(r"[A-Za-z]\w*|\d+(?:\.\d+)?|\*\*|[-+*/]")


def say(**object):
    print(json.dumps(object), flush=True)


def afresh(ready, work):
    times = []
    start = time.process_time()
    while True:
        made = ready()
        before = time.process_time()
        result = work(made)
        times.append(time.process_time() - before)
        if (
            len(times) >= 500
            or sum(times) >= job["seconds"]
            or time.process_time() - start >= 3 * job["seconds"]
        ):
            break
    # The clock may count in steps of some milliseconds: the mean, not the median.
    return 1000 * sum(times) / len(times), len(times), result


names = {name: sympy.Symbol(name, real=True) for name in job.get("values", {})}
functions = {"exp": sympy.exp, "log": sympy.log, "tanh": sympy.tanh, "cosh": sympy.cosh}


def read(text, known):
    # Texts that the bench made itself.
    return eval(text.replace("^", "**"), {"__builtins__": {}}, {**functions, **known})


def made():
    clear_cache()
    known = dict(names)
    for name, text in job["lets"]:
        known[name] = read(text, known)
    return known[job["lets"][-1][0]]


def number(expression, seen):
    import math

    if expression in seen:
        return seen[expression]
    args = [number(arg, seen) for arg in expression.args]
    if expression.is_Symbol:
        value = job["values"][expression.name]
    elif expression.is_number and not expression.args:
        value = float(expression)
    elif expression.is_Add:
        value = math.fsum(args)
    elif expression.is_Mul:
        value = math.prod(args)
    elif expression.is_Pow:
        value = args[0] ** args[1]
    else:
        value = getattr(math, expression.func.__name__)(args[0])
    seen[expression] = value
    return value


def gradient():
    ms, calls, result = afresh(made, lambda cost: [cost.diff(names[name]) for name in job["by"]])
    say(ms=ms, calls=calls)
    seen = {}
    say(values=[number(part, seen) for part in result])
    say(tokens=sum(len(TOKEN.findall(str(part))) for part in result))
    say(nodes=len({node for part in result for node in sympy.preorder_traversal(part)}) if len(seen) < 20000 else None)
    if job.get("simplified"):
        short = lambda part: sympy.simplify(sympy.expand_log(made(), force=True).diff(names[job["by"][0]]))
        ms, _, part = afresh(lambda: clear_cache(), short)
        say(short={"how": "expand_log first", "ms": ms, "values": [number(part, {})], "tokens": len(TOKEN.findall(str(part)))})


def equal():
    ways = {
        "simplify the difference": lambda a, b: sympy.simplify(a - b) == 0,
        "rewrite(exp), simplify": lambda a, b: sympy.simplify((a - b).rewrite(sympy.exp)) == 0,
    }
    for how, decide in ways.items():
        for pair in job["pairs"]:
            def ready():
                clear_cache()
                return read(pair["left"], names), read(pair["right"], names)

            ms, _, result = afresh(ready, lambda both: decide(*both))
            say(**{f"{how}: {pair['name']}": {"how": how, "name": pair["name"], "ms": ms, "equal": bool(result)}})


def reading():
    from sympy.parsing.sympy_parser import parse_expr

    texts = [text.replace("^", "**") for text in job["texts"]]
    ms, _, result = afresh(clear_cache, lambda _: [parse_expr(text, local_dict=names) for text in texts])
    say(ms=ms)
    seen = {}
    say(values=[number(part, seen) for part in result])


{"gradient": gradient, "equal": equal, "read": reading}[job.get("task", "gradient")]()
