"""The option ``--extractor``: the built-in reader, or one that asks a language model named by the environment."""

import os
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from geo.gazetteer import Gazetteer
from pipeline.llm.reading import read_with_model
from pipeline.llm.settings import settings_from
from pipeline.reading import PlacedReading
from pipeline.records import Article
from pipeline.run import read_placed

Reader = Callable[[Article, Gazetteer | None], PlacedReading]


class Extractor(StrEnum):
    """What reads the articles."""

    BUILT_IN = "built-in"
    MODEL = "model"


ExtractorOption = Annotated[
    Extractor,
    typer.Option(help="what reads: built-in, or model = the language model of RASID_LLM_URL and RASID_LLM_MODEL"),
]


def choose_reader(extractor: Extractor, notices: list[str]) -> Reader:
    """Reader of one article; what a language model got wrong is added to ``notices``.

    Raises
    ------
    UsageError
        Where a language model is asked for and the environment names none that can be used.
    """
    if extractor is Extractor.BUILT_IN:
        return read_placed
    settings = settings_from(os.environ)
    return lambda article, gazetteer: read_with_model(article, settings, gazetteer, notices.append)
