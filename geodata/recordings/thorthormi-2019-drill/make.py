#!/usr/bin/env python3
"""Writes the drill's payloads. Run in this folder; the same figures give the same bytes.

Published figures (BBS, Kuensel, Department of Disaster Management of Bhutan, June 2019), Bhutan time (UTC+6), 20 June 2019:
lake outlet 6.55 m at 18:05, 8.04 m at 19:20, a sudden drop within five minutes, the sensor then damaged, 5.36 m at 22:40;
Thanza rose 40-50 cm between 19:45 and 20:00. Everything else here is invented to connect them and to carry the wave on down
the Pho Chhu to Punakha. Each reading says which it is in "drill_note".
"""
import datetime
import json

BTT = datetime.timezone(datetime.timedelta(hours=6))


def at(text):
    day, time = (21, text[1:]) if text[0] == "+" else (20, text)
    hours, minutes = time.split(":")
    return datetime.datetime(2019, 6, day, int(hours), int(minutes), tzinfo=BTT)


STATIONS = [
    ("thorthormi-lake", "Thorthormi Tsho at outlet (EXERCISE)", 90.263, 28.106, "00062"),
    ("thanza", "Pho Chhu at Thanza (EXERCISE)", 90.206, 28.085, "00065"),
    ("lhedi", "Pho Chhu at Lhedi (EXERCISE)", 90.065, 28.030, "00065"),
    ("samdingkha", "Pho Chhu at Samdingkha (EXERCISE)", 89.868, 27.640, "00065"),
    ("punakha", "Pho Chhu at Punakha (EXERCISE)", 89.868, 27.587, "00065"),
]

# (time, metres, note); between two points the level is interpolated at the cadence of the second.
LAKE = [("12:00", 6.50, "invented", 0), ("18:05", 6.55, "published", 15), ("19:20", 8.04, "published", 5),
        ("19:24", 6.95, "published as 'sudden drop within five minutes'; depth invented", 1), ("22:40", 5.36, "published; the sensor was damaged in between", None)]


def gauge(base, rise, begin, peak, end_level):
    return [("12:00", base, "invented", 0), (begin, base + 0.01, "invented", 15), (peak, base + rise, "invented", 5), ("+02:00", base + end_level, "invented", 15)]


SERIES = {
    "thorthormi-lake": LAKE,
    "thanza": [("12:00", 1.20, "invented", 0), ("19:45", 1.21, "published as the begin of the rise; level invented", 15), ("20:00", 1.66, "published as a rise of 40-50 cm; level invented", 5), ("+02:00", 1.32, "invented", 15)],
    "lhedi": gauge(1.60, 0.40, "20:50", "21:10", 0.15),
    "samdingkha": gauge(2.10, 0.34, "23:40", "+00:15", 0.22),
    "punakha": gauge(2.40, 0.30, "+00:10", "+00:50", 0.24),
}


def readings(points):
    yield at(points[0][0]), points[0][1], points[0][2]
    for (t0, v0, *_), (t1, v1, note, cadence) in zip(points, points[1:]):
        begin, end = at(t0), at(t1)
        if cadence:
            step = datetime.timedelta(minutes=cadence)
            now = begin + step
            while now < end:
                yield now, v0 + (v1 - v0) * ((now - begin) / (end - begin)), "interpolated"
                now += step
        yield end, v1, note


def utc(time):
    return time.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def feature(station, lon, lat, properties, identity):
    return {"type": "Feature", "id": identity, "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}


def write(name, value):
    with open(name, "w", encoding="utf-8", newline="\n") as file:
        json.dump(value, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")


def collection(features):
    return {"type": "FeatureCollection", "features": features, "numberReturned": len(features), "links": []}


rows = sorted((time, station, value, note) for station, points in SERIES.items() for time, value, note in readings(points))
where = {station: (lon, lat, code) for station, _, lon, lat, code in STATIONS}
write("continuous.json", collection([
    feature(station, *where[station][:2], {
        "time_series_id": f"drill-{station}", "monitoring_location_id": station, "parameter_code": where[station][2], "statistic_id": "00011",
        "time": utc(time), "value": f"{value:.2f}", "unit_of_measure": "m", "approval_status": "Provisional", "qualifier": None, "drill_note": note,
    }, f"drill-{station}-{time:%d%H%M}") for time, station, value, note in rows]))
write("monitoring-locations.json", collection([
    feature(station, lon, lat, {"agency_code": "DRILL", "monitoring_location_name": name, "monitoring_location_number": station, "site_type": "Lake" if code == "00062" else "Stream", "country_code": "BT"}, station)
    for station, name, lon, lat, code in STATIONS]))

POSTS = [
    ("18:40", "lunana_school", "The lake above Thanza has been loud since afternoon. Lunana, Gasa."),
    ("19:22", "yak_herder_1", "Thorthormi is breaking out! Water and ice coming down. Thanza, Lunana in Gasa: people run uphill!"),
    ("19:29", "lunana_school", "We need help in Lunana, Gasa. Children and old people are climbing in the dark, please send rescue."),
    ("19:41", "thanza_shop", "River at Thanza is rising fast, the bridge is shaking. Five people trapped on the other side. Please rescue them. Lunana Gasa"),
    ("19:58", "yak_herder_1", "The wooden bridge at Thanza is destroyed, washed away by the flood. Lunana Gasa"),
    ("20:03", "health_post", "Three injured at the Lunana health post, Gasa. We need medical help and a helicopter."),
    ("20:15", "thanza_shop", "Second bridge destroyed too. Families trapped across the river at Thanza need urgent rescue, Lunana Gasa"),
    ("20:31", "punakha_news", "Flood wave from Thorthormi is on its way to Punakha. People along the Pho Chhu must evacuate now."),
    ("20:48", "punakha_mum", "We are leaving our home by the river in Punakha. My grandmother cannot walk, we need help with transport. Punakha"),
    ("21:05", "lhedi_teacher", "Forty people spend the night outside above Lhedi, Gasa. They need blankets, tents and food."),
    ("21:20", "punakha_farmer", "Need help to evacuate elderly people near the dzong in Punakha, no car available, please help"),
    ("21:44", "punakha_temple", "The temple school in Punakha is open as shelter. Already 200 displaced people, we need drinking water and food in Punakha."),
    ("22:10", "volunteer_pk", "We are ten volunteers in Punakha with two trucks, where do you need us?"),
    ("22:50", "lhedi_teacher", "No drinking water at Lhedi, Gasa, the pipe is broken. Families need water."),
    ("23:35", "samdingkha_1", "Water rising at Samdingkha above Punakha. Two men are stuck on the island, need rescue now! Punakha"),
    ("+00:20", "punakha_mum", "Water is over the lower road in Punakha now, one family trapped in a house near the bridge, please send rescue"),
    ("+01:10", "punakha_news", "Water in Punakha is falling slowly. Stay away from the river until told."),
]


def status(number, time, account, text):
    moment = at(time)
    identity = str((int(moment.timestamp() * 1000) << 16) + number)
    return {
        "id": identity, "created_at": moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z"), "in_reply_to_id": None, "sensitive": False, "spoiler_text": "",
        "visibility": "public", "language": "en", "uri": f"https://drill.invalid/users/{account}/statuses/{identity}", "url": f"https://drill.invalid/@{account}/{identity}",
        "content": f"<p>EXERCISE {text}</p>", "reblog": None, "account": {"id": str(1000 + number), "username": account, "acct": account, "display_name": account, "bot": False},
        "media_attachments": [], "mentions": [], "tags": [], "emojis": [],
    }


write("timeline.json", [status(number, *post) for number, post in reversed(list(enumerate(POSTS)))])
