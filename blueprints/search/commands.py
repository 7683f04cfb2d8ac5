"""The commands of `flask search`."""

from __future__ import annotations

import click

from blueprints.languages import all_languages
from blueprints.search.finder import finder, index_folder
from blueprints.search.views import bp


@bp.cli.command("build")
def build() -> None:
    """Build the search index if anything it is made from has changed."""
    # Starting the application has done it.
    click.echo(f"{len(finder().articles.sections)} sections are in {index_folder()}.")
    for concept in finder().articles.unused_concepts():
        click.echo(f"synonyms.csv: warning: no section says {concept!r}, so its line finds nothing")


@bp.cli.command("query")
@click.argument("text")
@click.option("--lang", default="en", help="Language of the excerpts.")
@click.option("--explain", is_flag=True, help="Show how each word was understood.")
def query(text: str, lang: str, explain: bool) -> None:
    """Search for TEXT as a reader would."""
    if lang not in {language.code for language in all_languages()}:
        raise click.BadParameter(f"{lang} is not a language of this site", param_hint="--lang")
    index = finder().articles
    answer = index.search(text)
    if explain:
        click.echo(f"{'typed':<24} {'way':<9} terms and weights")
        for unit in answer.units:
            terms = ", ".join(f"{index.name_of(term)} {weight:.2f}" for term, weight in unit.terms)
            click.echo(f"{unit.surface:<24} {unit.way:<9} {terms}")
        click.echo()
    click.echo(f"{'score':>7} {'covered':>8}  section")
    for hit in answer.hits:
        click.echo(f"{hit.score:7.3f} {hit.coverage:8.0%}  {hit.section.key}")
        pieces = finder().articles.excerpt(answer, hit.section, lang)
        shown = "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in pieces)
        click.echo(f"{'':17} {shown}")
    if not answer.hits:
        click.echo("No section answers this.")
    if answer.suggestion:
        click.echo(f"Nearest spelling: {answer.suggestion}")
