"""Questions that an analyst asks, each answered by one short query on real articles (../shared/seeds).

The answers were read in the articles.
"""
import pytest

from extract import database

QUESTIONS = {
    "What does Cambricon earn?": (
        "select period, figure from profits where entity = 'Cambricon' and unit = 'CNY' order by period_end",
        [("2024-H1", "-533 million CNY"), ("first three quarters of the year", "-724 million CNY"),
         ("2024-Q4", "240 to 328 million CNY"), ("2025-H1", "1.03 billion CNY")]),
    "By how much did its shares rise on that Monday, and do the sources agree?": (
        "select figure from changes where entity = 'Cambricon' and metric = 'share_price' and period = '2025-08-25' "
        "order by value", [("+11.4 %",), ("+11.6 %",)]),
    "Which EVs announced for 2025 have the longest range?": (
        "select entity, figure from driving_ranges where title like '%EVs%2025%' order by km desc",
        [("Li Auto Mega", "> 800 km"), ("Xpeng G7", "~ 700 km"), ("Xiaomi YU7", "> 600 km"), ("BYD Atto 3", "~ 480 km"),
         ("BYD Atto 3", "~ 410 km")]),
    "What tariffs does China face?": (
        "select rate, by_whom from tariffs where on_whom = 'China' order by percent, rate",
        [("34 %", "United States"), ("<= 145 %", None), (">= 145 %", "United States")]),
    "Who forecasts the revenue of Nvidia, and how much of it?": (
        "select period, figure, attribution from revenues where entity = 'Nvidia' and modality = 'forecast' order by "
        "usd", [("third quarter", "2 to 5 billion USD", "Nvidia"), ("2025", "20 billion USD", "Colette Kress"),
         ("second-quarter", "41.42 billion USD", "Visible Alpha"), ("second-quarter", "46.06 billion USD", "analysts"),
         ("third quarter", "53.14 billion USD", "London Stock Exchange Group"), (
                 "third quarter", "~ 54 billion USD", "Nvidia")]),
    "Which part of the world's iPhones comes from India, now and later?": (
        "select modality, figure, period from market_shares where metric = 'production_share' and percent < 50 order "
        "by modality, percent",
        [("actual", "5 %", "2022-Q4"), ("actual", "15 %", "2024-Q4"), ("forecast", "15 to 20 %", "by the end of 2025"),
         ("forecast", "~ 25 %", "by 2027"), ("planned", "32 %", "by 2026-27")]),
    "How many phones does Apple ship in China?": (
        "select period, figure from shipments where entity = 'Apple' and geo = 'China' order by period",
        [("2023", "51.8 million units"), ("2024", "42.9 million units")]),
    "How big, strong and dear is the largest electric sedan?": (
        "select vehicle, maker, length, wheelbase, power, price from vehicles where length is not null",
        [("Maextro S800", "Huawei", "5,480 mm", "3,370 mm", "852 hp | 1,006 hp", "143,000 to 213,000 USD")]),
    "What does Tencent earn, and how fast does it grow?": (
        "select revenue, revenue_growth, profit from companies where company = 'Tencent'",
        [("184.5 billion CNY", "+15 %", "64.8 billion CNY ?")]),
    "What does the largest model of Alibaba cost?": (
        "select parameters, input_price_usd, output_price_usd from ai_models where model = 'Qwen-3-Max-Preview'",
        [("> 1 trillion parameters", 0.861, 3.441)]),
    "What is in the first chip of Xiaomi?": (
        "select process, transistors from chips where chip = 'XRing O1'",
        [("3 nm", "19 billion transistors")]),
    "What do China and India export?": (
        "select entity, segment, period, figure from trade_values order by entity, period",
        [("China", "low-value e-commerce", "2018", "5.3 billion USD"), (
                "China", "low-value e-commerce", "2023", "66 billion USD"),
         ("India", None, "2024-H1", "14.71 billion USD"), ("India", None, "2025-H1", "22.56 billion USD")]),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_question(built, question):
    query, answer = QUESTIONS[question]
    with database.connect(built("seeds")) as db:
        assert db.execute(query).fetchall() == answer
