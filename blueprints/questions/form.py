"""The fields of a question, and what is wrong with them."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField, TextAreaField, ValidationError

from blueprints import mail, plain_text
from blueprints.questions import receipts

SHORTEST, LONGEST = 10, 4000
# In the units of `maxlength`: room for letters that take two, in a body of 64 KiB.
LONGEST_TYPED = 6500
LONGEST_NAME = 100
LONGEST_CONTACT = 254  # RFC 5321


class AskForm(FlaskForm):
    """The fields of a question. Every text is normalised before it is looked at."""

    question = TextAreaField(filters=[lambda text: plain_text.normalise(text or "")])
    name = StringField(filters=[lambda text: plain_text.normalise_line(text or "")])
    contact = StringField(filters=[lambda text: plain_text.normalise_address(text or "")])
    consent = BooleanField()
    receipt = HiddenField()
    article = HiddenField()
    notice = HiddenField()
    # Nobody sees it, so only a program fills it in.
    website = StringField()

    def validate_question(self, field: TextAreaField) -> None:
        length = len(field.data or "")
        if plain_text.NUL in "".join(field.raw_data or ""):
            raise ValidationError(
                _("The text has a character in it that cannot be kept. Type it anew.")
            )
        if length > LONGEST:
            raise ValidationError(
                _(
                    "That is %(over)d letters too long. Please shorten it to %(most)d.",
                    over=length - LONGEST,
                    most=LONGEST,
                )
            )
        if not plain_text.has_letters(field.data or ""):
            raise ValidationError(_("Write your question first."))
        if plain_text.shown_length(field.data or "") < SHORTEST:
            raise ValidationError(_("That is very short. Say a little more, so we understand it."))

    def validate_name(self, field: StringField) -> None:
        if len(field.data or "") > LONGEST_NAME:
            raise ValidationError(_("That name is too long. A first name is enough."))

    def validate_contact(self, field: StringField) -> None:
        if not current_app.config["REEDH"].smtp_url:
            field.data = ""  # from a page of a time when the site sent mail
        if not field.data:
            return
        wrong = _("That is no e-mail address. Correct it, or leave the field empty.")
        if len(field.data) > LONGEST_CONTACT:
            raise ValidationError(wrong)
        try:
            found = validate_email(field.data, check_deliverability=False)
        except EmailNotValidError as error:
            raise ValidationError(wrong) from error
        if found.ascii_email is None and not mail.takes_any_mailbox():
            raise ValidationError(
                _(
                    "Our mail cannot reach an address with such letters before the @. "
                    "Give another one, or leave the field empty."
                )
            )
        # Not every mail server takes a name of a domain in Devanagari as it is written.
        field.data = found.ascii_email or found.normalized

    def validate_consent(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(
                _("We answer publicly or not at all. Without your consent we cannot take it.")
            )

    def validate_receipt(self, field: HiddenField) -> None:
        if receipts.read(field.data or "") is None:
            field.data = receipts.make()
            raise ValidationError(
                _("Your question has a new number now. Write it down and press Send again.")
            )
