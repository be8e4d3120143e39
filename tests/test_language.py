"""The language of a text: by script, by function words, and English for a bare headline."""
import json
from pathlib import Path

import pytest

from extract import language

NEWS = Path(__file__).parents[2] / "shared" / "corpus" / "news.jsonl"

SPOKEN = [
    ("en", "Granite exports climb despite storms"),
    ("en", "Acme profit doubles"),
    ("en", "Citroën and Škoda cut U.S. prices by 3%"),
    ("en", "The harbour was closed for two days, and 40 ships had to wait outside."),
    ("de", "Die Fähre wird mit einer Batterie von 2,4 MWh fahren und im Frühjahr in Dienst gehen."),
    ("nl", "De veerboot is met een accu van 2,4 MWh uitgerust en vaart niet op zondag."),
    ("fr", "La société a vendu 400 tonnes de fromage en 2024, selon son directeur."),
    ("es", "Las ventas de la empresa subieron un 15 % en 2024, según el director."),
    ("pt", "O lucro da empresa subiu 15% em 2024, segundo o diretor, mas não foi o maior."),
    ("it", "Il fatturato della società è salito del 15% nel 2024."),
    ("sv", "Färjan har ett batteri på 2,4 MWh och är den första som går till ön."),
    ("fi", "Lautta on nyt valmis, mutta se ei ole vielä liikenteessä, ja satama on kiinni."),
    ("pl", "Przychody spółki wzrosły o 15% w 2024 roku, a zysk się nie zmienił."),
    ("cs", "Tržby firmy vzrostly o 15 % a zisk se zvýšil."),
    ("tr", "Şirketin geliri 2024 yılında yüzde 15 arttı ve kârı daha da büyüdü."),
    ("id", "Pendapatan perusahaan itu naik 15% pada tahun 2024 dan akan naik lagi."),
    ("zh", "这家公司去年卖出了 400 吨奶酪，比 Acme 多一倍。"),
    ("ja", "フェリーの電池は 2.4 MWh で、来年から運航する。"),
    ("ko", "회사의 매출은 작년에 15% 늘었다."),
    ("ru", "Выручка компании выросла на 15%."),
    ("uk", "Виручка компанії зросла на 15%."),
    ("ar", "ارتفعت مبيعات الشركة بنسبة 15٪."),
    ("fa", "فروش شرکت پارسال ۱۵ درصد بیشتر شد و چهار پروژه تازه دارد."),
    ("he", "מכירות החברה עלו ב-15%."),
    ("hi", "कंपनी की बिक्री 15% बढ़ी।"),
    ("th", "ยอดขายของบริษัทเพิ่มขึ้น 15%"),
    ("el", "Οι πωλήσεις της εταιρείας αυξήθηκαν κατά 15%."),
    ("und", ""),
    ("und", "12,5 % (2024) = 3.4"),
    ("und", "lorem ipsum dolor " * 20),
]


@pytest.mark.parametrize("lang, text", SPOKEN, ids=[f"{lang}: {text[:20]}" for lang, text in SPOKEN])
def test_detect(lang, text):
    assert language.detect(text) == lang


def test_a_foreign_quotation_does_not_turn_an_english_text():
    text = "The minister said the plan was ready and that it would be paid for by the towns. "
    assert language.detect(text * 3 + "„Wir schaffen das“, und 华为 too.") == "en"


def test_only_the_beginning_is_looked_at():
    assert language.detect("the of and to in " * 200 + "这家公司" * 100_000) == "en"


@pytest.mark.skipif(not NEWS.exists(), reason="../shared is not here")
def test_english_news_is_english():
    with NEWS.open(encoding="utf-8") as lines:
        found = [language.detect(json.loads(line)["text"]) for line, _ in zip(lines, range(500))]
    assert set(found) == {"en"}
