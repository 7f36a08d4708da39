"""Forecasts of other methods for the jobs of the forecast benchmark.

    python forecast_peers.py JOBS.json OUT.csv [--methods a,b,c]

JOBS.json: a list of {series, unit, origin, days, step_minutes} with paths of
  history  start,volume: local times; closed days and gaps have no rows
  events   event,family,start,end,size: past and future, `end` inclusive;
           family `closed` means no volume, `gap` means missing
  slots    start: the intervals to be forecast
OUT.csv has a row per slot and method; OUT.csv.seconds.csv the seconds of fit and forecast on one
thread, without imports, reading and a warm-up fit. A method that fails on a job is named on stderr
and has no rows for it. `lightgbm` is the point forecast alone: its quantiles are left empty.
"""
# flake8: noqa: E402
import logging
import os

# Numeric libraries read these once, when they are loaded.
for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "NUMBA", "STAN"):
    os.environ[library + "_NUM_THREADS"] = "1"
# Prophet and its back end tell of every fit; failures are exceptions.
logging.disable(logging.CRITICAL)

import argparse
import json
import sys
import time
import warnings
from functools import partial

import lightgbm as lgb
import numpy as np
import pandas as pd
from prophet import Prophet
from scipy.stats import norm
from statsforecast.models import MSTL, AutoARIMA, AutoETS

TAUS = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
COLUMNS = ["mean"] + [f"q{tau:g}" for tau in TAUS]
DAY, WEEK = 24 * 60, 7 * 24 * 60
PROFILE_WEEKS = 8
EVENT_BINS = [(0, 1), (2, 3), (4, 6), (7, 10), (11, 15), (16, 25)]


class Job:
    """The data of one job, as rows and as a table of weeks by slots.

    Weeks are counted from the origin: the table's rows one after the other are an equidistant
    series of the ordinary slots that ends at the origin, closed weekdays cut out.
    """

    def __init__(self, spec):
        self.spec = spec
        self.origin = pd.Timestamp(spec["origin"])
        self.weeks_ahead = -(-spec["days"] // 7)
        self.is_daily = spec["step_minutes"] >= DAY
        rows = pd.read_csv(spec["history"], parse_dates=["start"]).set_index("start").sort_index()
        self.history = rows.volume[rows.index < self.origin].astype(float)
        self.labels = pd.read_csv(spec["slots"], dtype=str).start
        self.slots = pd.DatetimeIndex(pd.to_datetime(self.labels))
        events = pd.read_csv(spec["events"])
        for side in ("start", "end"):
            events[side] = pd.to_datetime(events[side], format="ISO8601").dt.normalize()
        events["size"] = events["size"].astype(float).fillna(1.0)
        lifts = events[~events.family.isin(["closed", "gap"])]
        self.families = list(lifts.sort_values("start").groupby("family"))
        closures = events[events.family == "closed"].itertuples()
        self.closed = np.array(
            [day for event in closures for day in pd.date_range(event.start, event.end)], "M8[D]")

        week, offset = self.place(self.history.index)
        # Ordinary: seen in a fair share of the weeks, unlike one Sunday open before Christmas.
        seen = pd.Series(offset).value_counts()
        self.offsets = np.sort(seen.index[seen * 4 >= seen.max()].to_numpy())
        self.weekdays, self.day_of_slot = np.unique(self.offsets // DAY, return_inverse=True)
        weeks = (self.origin - self.history.index[0].normalize()).days // 7
        table = self.history.set_axis([week, offset]).unstack()
        table = table.reindex(index=range(-weeks, 0), columns=self.offsets)
        self.table = table.to_numpy()
        # Gaps and closed days: the same slot of the week before.
        self.filled = table.ffill().bfill().to_numpy()

    def place(self, times):
        """Week and minute of the week of each time, from the origin."""
        minutes = (times - self.origin) // pd.Timedelta(minutes=1)
        return np.asarray(minutes // WEEK), np.asarray(minutes % WEEK)

    def days(self, first_week, weeks):
        """Dates of the ordinary weekdays of some weeks."""
        week = np.arange(first_week, first_week + weeks)
        return np.datetime64(self.origin, "D") + (week[:, None] * 7 + self.weekdays).ravel()

    def at_slots(self, ahead):
        """The slots asked for, out of all ordinary ones of the horizon; others have no volume."""
        week, offset = self.place(self.slots)
        column = pd.Index(self.offsets).get_indexer(offset)
        picked = ahead.reshape(self.weeks_ahead, -1, 8)[week, column]
        picked[column < 0] = 0.0
        return picked


def calendar_facts(job, days):
    """What is known ahead about each day; distances are in open days."""
    weekdays = np.isin(np.arange(7), (job.days(0, 1).astype(int) + 3) % 7)
    is_open = np.busdaycalendar(weekdays, job.closed)
    business = np.busdaycalendar(weekdays & (np.arange(7) < 5), job.closed)
    day_before = np.busday_offset(days, -1, "forward", weekmask=weekdays)
    month, next_month = (days.astype("M8[M]") + ahead for ahead in (0, 1))
    stamps = pd.DatetimeIndex(days)
    # Less than a year of history says nothing of the yearly cycle.
    year = stamps.dayofyear * (len(job.table) > 52) * 2 * np.pi / 365.25
    facts = pd.DataFrame({
        "weekday": stamps.weekday,
        "after_closure": np.isin(day_before, job.closed),
        "is_business": np.is_busday(days, busdaycal=business),
        "of_month": np.busday_count(month, days, busdaycal=business),
        "left_of_month": np.busday_count(days, next_month, busdaycal=business),
        "mid_month": (stamps.day >= 14) & (stamps.day <= 16),
        "year_sin": np.sin(year), "year_cos": np.cos(year),
    })
    for family, events in job.families:
        size, since, to_end, to_next = np.full((4, len(days)), np.nan)
        for event in events.itertuples():
            start, end = np.array([event.start, event.end], "M8[D]")
            far = np.busday_count(start, days, busdaycal=is_open)
            left = np.busday_count(days, end, busdaycal=is_open)
            begun = days >= start
            size[begun] = event.size * (days[begun] <= end)
            since[begun], to_end[begun] = far[begun], left[begun]
            to_next = np.fmin(to_next, np.where(begun, np.nan, -far))
        facts[family + " active"] = size > 0
        facts[family + " size"] = np.nan_to_num(size)
        facts[family + " since"] = since
        facts[family + " to end"] = to_end
        facts[family + " to next"] = to_next
    return facts


def mean_of_last(table, weeks):
    """At each week: the mean of a slot's last volumes, missing ones skipped."""
    recent = np.full((weeks, table.shape[1]), np.nan)
    means = np.empty_like(table)
    for mean, row in zip(means, table):
        seen = ~np.isnan(row)
        recent[:, seen] = np.vstack([recent[1:, seen], row[seen]])
        mean[:] = np.nanmean(recent, axis=0)
    return means


def mean_of_weeks(job, weeks):
    """Mean of the last weeks, with the errors it made as far ahead before at that time of day."""
    means = mean_of_last(job.table, weeks)
    ahead = np.tile(means[-1, :, None], (job.weeks_ahead, 1, 8))
    for week in range(job.weeks_ahead):
        errors = job.table[week + 1:] - means[:-week - 1]
        for slot in np.unique(job.offsets % DAY):
            at = job.offsets % DAY == slot
            ahead[week, at, 1:] += np.nanquantile(errors[:, at], TAUS)
    return job.at_slots(ahead)


def mstl_ets(job):
    """Seasons of a day and of a week taken off, exponential smoothing of the rest."""
    slots = len(job.offsets)
    # Days of unequal length have no daily period in the strung series.
    of_day = np.unique(np.bincount(job.day_of_slot)).tolist()
    seasons = of_day + [slots] if of_day[0] > 1 == len(of_day) else [slots]
    model = MSTL(season_length=seasons, trend_forecaster=AutoETS(model="ZZN"))
    found = model.forecast(job.filled.ravel(), h=job.weeks_ahead * slots, level=[50, 80, 95])
    keys = "mean lo-95 lo-80 lo-50 mean hi-50 hi-80 hi-95".split()
    return job.at_slots(np.column_stack([found[key] for key in keys]))


def arima_columns(job, days):
    """Calendar and events as regressors of a day's log total."""
    facts = calendar_facts(job, days)
    columns = [facts.weekday == number for number in range(1, 7)]
    columns += [facts.is_business & (facts.of_month == number) for number in range(3)]
    columns += [facts.is_business & (facts.left_of_month == 1)]
    columns += [facts.after_closure, facts.mid_month]
    for family, _ in job.families:
        columns += [facts[family + " size"] * facts[family + " since"].between(*within)
                    for within in EVENT_BINS]
    return np.column_stack(columns).astype(float)


def auto_arima_calendar(job):
    """ARIMA with regressors on log day totals, times a weekday profile."""
    weeks, per_week = len(job.filled), len(job.weekdays)
    totals = pd.DataFrame(job.filled.T).groupby(job.day_of_slot).sum().to_numpy().T
    past = arima_columns(job, job.days(-weeks, weeks))
    future = arima_columns(job, job.days(0, job.weeks_ahead))
    # Only columns that are no combinations of earlier ones and the constant can be estimated.
    triangle = np.linalg.qr(np.column_stack([np.ones(len(past)), past]), mode="r")
    kept = np.abs(np.diag(triangle))[1:] > 1e-9
    # Weekdays are regressors: seasonal terms on top took up to ten times as long and were worse
    # on three of four series.
    found = AutoARIMA(season_length=1).forecast(
        np.log1p(totals).ravel(), h=len(future), level=[80], X=past[:, kept],
        X_future=future[:, kept])
    center, low, high = (
        np.reshape(found[key], (job.weeks_ahead, per_week))[:, job.day_of_slot, None]
        for key in ("mean", "lo-80", "hi-80"))
    variance = ((high - low) / 2 / norm.ppf(0.9)) ** 2

    recent = job.filled[-PROFILE_WEEKS:]
    of_day = totals[-PROFILE_WEEKS:, job.day_of_slot]
    profile = recent.sum(axis=0) / np.maximum(of_day.sum(axis=0), 1e-9)
    # Slots scatter around the profile on top of the error of the day total.
    scatter = (recent / np.maximum(of_day * profile, 1e-9) - 1) ** 2
    scatter = pd.Series(scatter.mean(axis=0)).groupby(job.offsets % DAY).transform("mean")
    deviation = np.sqrt(variance + scatter.to_numpy()[:, None])
    logs = np.concatenate([center + variance / 2, center + deviation * norm.ppf(TAUS)], axis=2)
    return job.at_slots(np.expm1(logs) * profile[:, None])


def prophet_holidays(job):
    """Days after closures; events: an effect of all their days and, in a window, of each."""
    days = job.days(-len(job.table), len(job.table) + job.weeks_ahead)
    after = days[calendar_facts(job, days).after_closure]
    rows = [("after closure", pd.Timestamp(day), 0) for day in after]
    for family, events in job.families:
        for event in events.itertuples():
            rows.append((family + " by day", event.start, (event.end - event.start).days))
            rows += [(family, day, 0) for day in pd.date_range(event.start, event.end)]
    rows = pd.DataFrame(rows, columns=["holiday", "ds", "upper_window"])
    return rows.assign(lower_window=0) if len(rows) else None


def prophet(job):
    """Prophet on true times: it needs no equidistant series."""
    np.random.seed(1)
    past = pd.DataFrame({"ds": job.history.index, "y": job.history.to_numpy()})
    # Prophet's own rule is two years; much less cannot be told from a trend.
    yearly = past.ds.iloc[-1] - past.ds.iloc[0] >= pd.Timedelta(days=700)
    model = Prophet(
        seasonality_mode="multiplicative", holidays=prophet_holidays(job), uncertainty_samples=0,
        yearly_seasonality=yearly, weekly_seasonality=True, daily_seasonality=not job.is_daily)
    model.fit(past)
    future = pd.DataFrame({"ds": job.slots})
    mean = model.predict(future).yhat.to_numpy()
    model.uncertainty_samples = 1000
    samples = model.predictive_samples(future)["yhat"]
    return np.column_stack([mean, np.quantile(samples, TAUS, axis=1).T])


def tree_rows(job):
    """Training rows, their targets, the horizon's rows and the log level of their targets.

    A training row stands for a slot of the first or second week after a past origin and sees of
    the volumes only what was known at that origin.
    """
    weeks = len(job.table)
    level = job.filled.mean(axis=1)
    level = np.log1p((level + np.append(level[0], level[:-1])) / 2)
    lags = [mean_of_last(job.table, 4)]
    lags += [pd.DataFrame(job.filled).shift(back) for back in range(4)]
    lags = np.log1p(np.stack(lags, axis=2)) - level[:, None, None]
    facts = calendar_facts(job, job.days(-weeks, weeks + job.weeks_ahead))
    facts = facts.to_numpy(dtype=float).reshape(-1, len(job.weekdays), facts.shape[1])
    train, targets, horizon = [], [], []
    for ahead in range(1, job.weeks_ahead + 1):
        origins = np.append(np.arange(weeks - ahead), weeks - 1)
        plain = np.broadcast_arrays(job.offsets % DAY, ahead, level[origins][:, None])
        known = facts[origins + ahead][:, job.day_of_slot]
        rows = np.concatenate([np.stack(plain, axis=2), lags[origins], known], axis=2)
        target = np.log1p(job.table[ahead:]) - level[:-ahead, None]
        usable = ~np.isnan(target)
        train.append(rows[:-1][usable])
        targets.append(target[usable])
        horizon.append(rows[-1])
    return *map(np.concatenate, (train, targets, horizon)), level[-1]


def lightgbm(job, with_quantiles):
    """Boosted trees on the log volume relative to the recent level."""
    train, target, horizon, level = tree_rows(job)

    def boosted(**objective):
        options = dict(
            num_leaves=int(np.clip(len(train) // 20, 2, 31)), learning_rate=0.05, verbosity=-1,
            feature_fraction=0.8, bagging_fraction=0.8, bagging_freq=1, seed=1,
            num_threads=1, deterministic=True)
        return lgb.train(options | objective, lgb.Dataset(train, target), 300).predict(horizon)

    # Absolute errors: peaks that no feature tells of do not bend the trees.
    logs = np.full((len(horizon), 8), np.nan)
    logs[:, 0] = boosted(objective="regression_l1")
    if with_quantiles:
        for number, tau in enumerate(TAUS, 1):
            logs[:, number] = boosted(objective="quantile", alpha=tau)
    return job.at_slots(np.expm1(logs + level))


METHODS = {
    "last_week": partial(mean_of_weeks, weeks=1),
    "mean_of_4_weeks": partial(mean_of_weeks, weeks=4),
    "mstl_ets": mstl_ets,
    "auto_arima_calendar": auto_arima_calendar,
    "prophet": prophet,
    "lightgbm": partial(lightgbm, with_quantiles=False),
    "lightgbm_quantiles": partial(lightgbm, with_quantiles=True),
}


def forecast(job, method):
    """Mean and quantiles of every slot, and the seconds they took."""
    started = time.perf_counter()
    values = METHODS[method](job)
    seconds = time.perf_counter() - started
    if not np.isfinite(values[:, 0]).all():
        raise ValueError("the forecast is not finite")
    values = np.maximum(values, 0.0)
    values[:, 1:].sort(axis=1)  # quantiles fit one by one may cross
    return values, seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("jobs")
    parser.add_argument("out")
    parser.add_argument("--methods", default=",".join(METHODS), help="some of %(default)s")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    with open(arguments.jobs, encoding="utf-8") as file:
        jobs = [Job(spec) for spec in json.load(file)]

    names = ["series", "unit", "origin"]
    rows, times, warm = [], [], set()
    for job in jobs:
        for method in arguments.methods.split(","):
            about = {name: job.spec[name] for name in names} | {"method": method}
            try:
                if method not in warm:
                    forecast(job, method)
                    warm.add(method)
                values, seconds = forecast(job, method)
            except Exception as error:  # a peer's failure is its own
                print(*about.values(), repr(error), file=sys.stderr)
                continue
            times.append(about | {"seconds": seconds})
            rows.append(pd.DataFrame(values, columns=COLUMNS).assign(**about, start=job.labels))
    table = pd.concat(rows)[names + ["method", "start"] + COLUMNS]
    table.to_csv(arguments.out, index=False, float_format="%.4f")
    times = pd.DataFrame(times)
    times.to_csv(arguments.out + ".seconds.csv", index=False, float_format="%.6f")


if __name__ == "__main__":
    main()
