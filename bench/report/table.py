"""The report: one screen of ratios, then what was promised and whether it holds."""

from report.works import PROMISES


def number(value, digits=3):
    """Three digits that count: 1234, 12.3, 1.23, 0.012."""
    if value >= 10 ** (digits - 1):
        return f"{value:.0f}"
    whole = len(str(int(value))) if value >= 1 else 1
    return f"{value:.{digits - whole}f}" if value >= 0.095 or value == 0 else f"{value:.{digits}f}"


def single(figure, scale=1.0):
    return "-" if figure is None else number(figure.median * scale)


def spread(figure):
    if figure is None:
        return "-"
    return f"{number(figure.median)} ({number(figure.least)}-{number(figure.greatest)})"


def columns(base):
    def ratio(other, metric):
        return lambda f, w, c: "1" if c == other and f.has(w, c) else spread(f.ratio(w, c, other, metric))

    return [
        ("work", 12, lambda f, w, c: w),
        ("client", 16, lambda f, w, c: c),
        ("CPU us", 8, lambda f, w, c: single(f.of(w, c, "cpu"), 1e-3)),
        (f"CPU / {base}", 19, ratio(base, "cpu")),
        ("CPU / cpp-driver", 21, ratio("cpp-driver", "cpu")),
        (f"rate / {base}", 21, ratio(base, "rate")),
        ("p50 us", 8, lambda f, w, c: single(f.of(w, c, "p50"), 1e-3)),
        (f"p50 / {base}", 19, ratio(base, "p50")),
        (f"p99 / {base}", 19, ratio(base, "p99")),
        ("allocs", 8, lambda f, w, c: single(f.of(w, c, "allocations"))),
        ("syscalls", 8, lambda f, w, c: single(f.of(w, c, "syscalls"))),
    ]


def render(figures, clients, works, base):
    shape = columns(base)
    lines = ["".join(title.ljust(width) for title, width, _ in shape).rstrip()]
    for work in works:
        for client in clients:
            if figures.has(work.name, client.name):
                cells = (cell(figures, work.name, client.name).ljust(width) for _, width, cell in shape)
                lines.append("".join(cells).rstrip())
    return "\n".join(lines)


def verdict(figures, promise, work):
    figure = (figures.ratio(work, promise.client, promise.base, promise.metric) if promise.base
              else figures.of(work, promise.client, promise.metric))
    if figure is None:
        return None
    return f"{work} {number(figure.median)}" + ("" if figure.median <= promise.limit else " MISSED")


def render_promises(figures):
    lines = []
    for promise in PROMISES:
        verdicts = [v for v in (verdict(figures, promise, work) for work in promise.works) if v]
        if verdicts:
            against = f" of {promise.base}'s" if promise.base else " a request"
            lines.append(f"{promise.client} {promise.metric}, at most {promise.limit:g}{against}: {', '.join(verdicts)}")
    return "\n".join(lines)
