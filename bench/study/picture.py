"""The picture of docs/benchmarks/study.md: one dot a study, the median and its interval, the target."""
import math
import statistics

import figures

WIDTH, LEFT, PANEL, GAP, ROW, TOP = 920, 150, 350, 40, 34, 60
FURTHEST, TARGET, AIM = 1.05, 0.4, 0.25


def strips(of):
    rows = ([("all", list(of.values()))] if len(of) > 1 else []) + [(name, [found]) for name, found in of.items()]
    bottom = TOP + ROW * len(rows)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 50}" font-family="sans-serif" font-size="13">',
           f'<rect width="{WIDTH}" height="{bottom + 50}" fill="white"/>']
    for panel, (what, title) in enumerate((("time", "Time"), ("billed", "Billed instance time"))):
        left = LEFT + panel * (PANEL + GAP)

        def x(value):
            return left + PANEL * min(value, FURTHEST) / FURTHEST

        out.append(f'<text x="{left}" y="24" font-size="15">{title} to the recipe\'s quality</text>')
        for value, style, label in ((AIM, "4 3", "aim"), (TARGET, "", "target"), (1, "1 3", "recipe")):
            out.append(f'<line x1="{x(value):.1f}" x2="{x(value):.1f}" y1="{TOP - 8}" y2="{bottom}" stroke="#888" stroke-dasharray="{style}"/>')
            out.append(f'<text x="{x(value):.1f}" y="{TOP - 14}" text-anchor="middle" fill="#666" font-size="11">{label}</text>')
        for tick in (0, 0.25, 0.5, 0.75, 1):
            out.append(f'<text x="{x(tick):.1f}" y="{bottom + 18}" text-anchor="middle">{tick:g}</text>')
        out.append(f'<text x="{left + PANEL / 2}" y="{bottom + 38}" text-anchor="middle" fill="#666">share of the recipe\'s whole study</text>')
        for row, (name, groups) in enumerate(rows):
            y = TOP + ROW * (row + 0.5)
            if not panel:
                out.append(f'<text x="{LEFT - 14}" y="{y + 4}" text-anchor="end">{name}</text>')
            values = [[getattr(one, what) for one in group] for group in groups]
            flat = [v for group in values for v in group]
            if len(groups) == 1:
                for index, value in enumerate(flat):
                    # A cross at the edge is a study that never got there.
                    dot = f"{x(value):.1f}"
                    lift = (index % 5 - 2) * 3
                    out.append(f'<circle cx="{dot}" cy="{y + lift}" r="2.5" fill="#2a6fb0" fill-opacity="0.45"/>' if math.isfinite(value) else
                               f'<text x="{dot}" y="{y + lift + 4}" text-anchor="middle" fill="#b03030">×</text>')
            around = figures.interval(values)
            middle = statistics.median(flat)
            if around:
                low, high = around
                out.append(f'<line x1="{x(low):.1f}" x2="{x(high):.1f}" y1="{y}" y2="{y}" stroke="#0b2e4f" stroke-width="2.5"/>')
            out.append(f'<rect x="{x(middle) - 4:.1f}" y="{y - 7}" width="8" height="14" fill="#0b2e4f"/>')
    return "\n".join(out + ["</svg>"]) + "\n"
