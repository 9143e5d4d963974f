"""What a field looks like when it is filled in: examples for editors, by record and key."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_CITATION = {"locator": "p. 12, para. 3; note 49", "quotation": "a pipeline will be built"}
_STANDING = {"reason": "The accord was signed in 2012 and replaced in 2020."}

SAMPLES: Mapping[str, Mapping[str, str | float | list[str]]] = MappingProxyType(
    {
        "Brief": {
            "title": "Pipelines across the plain",
            "coverage": "The sources hold little after 2020.",
            "authors": "Jane Doe",
            "unknowns": "Who paid for the survey of 2012.",
        },
        "Cell": {"position": "The ministry said in 2012 that it would build a pipeline."},
        "Change": {"text": "A claim of 2012 was replaced by a newer one."},
        "Chart": {"title": "What the pipeline would cost"},
        "Citation": _CITATION,
        "Claim": {
            "text": "In February 2012 the ministry of energy said that it would build a pipeline.",
            "note": "The figure is the ministry's own.",
        },
        "Confidence": {"reason": "Two reports of different standpoints agree."},
        "Contest": {"position": "The company said in March 2012 that no pipeline was planned."},
        "Event": {"title": "The pipeline is announced"},
        "Figure": {
            "measures": "crude oil exported to Israel",
            "value": 2.5,
            "high": 3,
            "unit": "million tonnes",
        },
        "Judgement": {"text": "The pipeline is unlikely to be built before 2030."},
        "Question": {"question": "Who pays for the pipeline?"},
        "Response": {"text": "The ministry denied it on 6 March 2012."},
        "Section": {"heading": "Background"},
        "Standing": _STANDING,
        "Translation": {
            "translator": "Jane Doe",
            "title": "Düzənlikdən keçən boru kəmərləri",
            "coverage": "Mənbələrdə 2020-ci ildən sonrası azdır.",
            "timeline": "Boru kəməri elan edilir",
            "unknowns": "2012-ci il tədqiqatının pulunu kim verib.",
        },
        "TranslatedChart": {"title": "Boru kəmərinin qiyməti"},
        "TranslatedClaim": {
            "text": "2012-ci ilin fevralında nazirlik boru kəməri çəkəcəyini dedi.",
            "reason": "Müxtəlif mövqeli iki hesabat bir-birini təsdiqləyir.",
            "status": "Saziş 2012-ci ildə imzalanıb.",
            "contested": "Şirkət 2012-ci ildə bunu inkar etdi.",
            "response": "Nazirlik bunu inkar etdi.",
            "figures": "İsrailə ixrac olunan xam neft",
            "units": "milyon ton",
            "note": "Rəqəm nazirliyin özünündür.",
        },
        "TranslatedJudgement": {
            "text": "Boru kəmərinin çəkilməsi ehtimalı azdır.",
            "reason": "İki mənbə bir-birini təsdiqləyir.",
        },
        "TranslatedMap": {
            "title": "Boru kəmərinin yolu",
            "description": "Şərqdə Bakıdan qərbdə Mehriyə bir xətt.",
            "note": "Boru kəmərləri xəritədə göstərilməyib.",
            "layers": "Boru kəmərləri",
            "features": "Təklif olunan boru kəməri",
            "notes": "Hələ çəkilməyib.",
        },
        "TranslatedQuestion": {
            "question": "Boru kəmərinin pulunu kim verir?",
            "positions": "Nazirlik dedi ki, boru kəməri çəkəcək.",
        },
        "TranslatedSection": {"heading": "Arxa plan"},
        "Actor": {
            "name": "Ministry of Energy",
            "adjectives": "Azerbaijani",
            "role": "Minister of energy, 2010–2014",
            "note": "Named differently before 2004.",
        },
        "Agreement": {
            "title": "Pipeline accord",
            "summary": "It says that a pipeline may be built.",
        },
        "Contact": {"label": "Write to the desk"},
        "ContestedName": {
            "names": ["Shusha / Şuşa", "Shushi"],
            "reason": "Azerbaijan writes Shusha and Armenia Shushi.",
        },
        "Correction": {
            "locator": "p. 12, para. 3",
            "says": "The dynasty ruled from 1501 to 1722, for 231 years.",
            "problem": "The span does not follow from the years.",
            "evidence": "The sum below is made from the years as printed.",
            "handling": "The span is given as computed.",
        },
        "Grade": {"credibility": 2, "reason": "Official figures, published late."},
        "LoadedWord": {
            "words": "regime",
            "instead": "government",
            "reason": "It denies a government its standing.",
        },
        "Mark": {"figure": 2, "label": "By the ministry"},
        "Name": {"name": "Şuşa", "used_by": "Azerbaijan"},
        "Person": {"family": "Doe", "given": "Jane", "literal": "Ministry of Energy"},
        "Place": {
            "name": "Baku",
            "country": "AZ",
            "precision_km": 2,
            "coordinates_from": "A gazetteer, checked by eye.",
            "note": "The old town.",
        },
        "Publication": {
            "title": "Caucasus Briefings",
            "tagline": "Sourced briefings, sentence by sentence",
            "byline": "The desk",
            "funding": "No funding is received.",
            "licence": "CC BY 4.0",
            "coverage": "The sources hold little after 2020.",
            "map_disclaimer": "Lines on the map say nothing about sovereignty.",
            "map_worldview": "Borders as the surveyors drew them.",
        },
        "Quantity": {"name": "barrels", "figure": 1, "value": 18.5, "unit": "million barrels"},
        "Source": {
            "title": "Report of the ministry",
            "container-title": "The Border Gazette",
            "publisher": "Ministry of Energy",
            "volume": "12",
            "issue": "3",
            "page": "12–30",
            "DOI": "10.1000/182",
            "stance": "Official; speaks for the ministry.",
            "perspective": "official",
            "note": "Read in translation.",
        },
        "Sum": {
            "label": "Barrels in a tonne",
            "formula": "barrels / tonnes",
            "unit": "barrels per tonne",
            "decimals": 1,
        },
        "Withdrawal": {"reason": "Its one source was withdrawn by its publisher."},
        "Term": {
            "name": "BTC",
            "definition": "The oil pipeline from Baku by Tbilisi to Ceyhan, on the Mediterranean.",
        },
        "Topic": {"title": "Energy", "description": "Pipelines and fields"},
        "MapRecord": {
            "title": "Where the pipeline would run",
            "description": "A line from Baku in the east to Meghri in the west.",
            "default_view_reason": "It is the publication's own.",
            "note": "The line is drawn by hand.",
        },
        "Flow": {"title": "Oil, from Baku to Meghri", "note": "The way is not known."},
        "Layer": {"title": "Pipelines"},
        "MapArea": {"title": "North of the river", "note": "As the treaty has it."},
        "OwnPoint": {"precision_km": 5, "coordinates_from": "A gazetteer, checked by eye."},
        "MapEvent": {"title": "The pipeline is announced", "note": "The ministry's own day."},
        "MapPlace": {"note": "The pipeline would end here."},
        "MapView": {"title": "Names used by Armenia"},
        "Route": {
            "title": "Proposed pipeline",
            "accuracy": "Drawn by hand; tens of kilometres.",
            "note": "Financed by neither side.",
        },
        "ViewName": {"name": "Shushi"},
    }
)
"""Record → key of the file → an example; of one item, where it is enough for a list."""
