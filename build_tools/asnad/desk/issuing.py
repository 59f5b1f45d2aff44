"""Issuing: entries of a register become signed credentials, many in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from asnad.carriers.payload import dictionary_prefix
from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.run import Run
from asnad.credentials.achievement import achievement, achievement_path
from asnad.credentials.credential import CredentialNumbers, LearnerRecord, credential_document
from asnad.credentials.issuable import check_texts
from asnad.desk.allocation import TakenIndexes
from asnad.desk.course_dictionary import course_dictionary
from asnad.desk.ledger import Issued
from asnad.desk.signed_credential import SignedCredential, seal_credential
from asnad.errors import IssuingError
from asnad.instant import format_instant
from asnad.issuers.ledger import PublicEvent
from asnad.messages import Messages
from asnad.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import RDFC, ProofOptions, Signer
from asnad.proofs.rdf_dataset import Contexts, DatasetTemplate, UndefinedTermError, dataset_template
from asnad.proofs.strict_json import JSONObject, parse_object
from asnad.status.bitstring import empty_bits
from asnad.status.public_record import PublicRecord
from asnad.status.status_list import StatusList

MAX_ACHIEVEMENT = 65_536
_PLACE = "place:{}:asnad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A learner who is to get a credential."""

    number: int
    """The last part of the serial."""
    key: str
    """By which the learner is found again in the register."""
    learner: LearnerRecord
    serial: str
    published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCredential:
    """A credential as it leaves the desk."""

    event: Issued
    signed: SignedCredential

    def files(self) -> dict[str, bytes]:
        """Give what is kept of it, by path below ``credentials/``."""
        return self.signed.files(self.event.id, published=self.event.published)


@dataclass(slots=True)
class IssuingDesk:
    """Everything that stays the same while a run is issued."""

    catalogue: Catalogue
    run: Run
    record: PublicRecord
    signer: Signer
    contexts: Contexts
    messages: Messages
    new_uuid: Callable[[], str]
    random_below: Callable[[int], int]
    frozen_achievement: bytes | None
    """The achievement as published at the first issue of this course version, if there was one."""
    achievement: JSONObject = field(init=False)
    dictionary: bytes = field(init=False)
    _templates: dict[frozenset[str], DatasetTemplate] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.achievement = run_achievement(self.catalogue, self.run, self.messages, self.frozen_achievement)
        self.dictionary = course_dictionary(
            self.catalogue, self.run, self.achievement, self.messages, self.signer.key_id, self.record.list_address(1)
        )

    def shared_files(self) -> dict[str, bytes]:
        """Give the files that all credentials of the course version share, by path below ``credentials/``."""
        course = self.catalogue.course_of(self.run)
        return {
            f"public/{achievement_path(course)}": canonical_json(self.achievement),
            f"public/d/{dictionary_prefix(self.dictionary).hex()}.bin": self.dictionary,
        }

    def issue(
        self, candidates: Sequence[Candidate], taken: TakenIndexes, at: int
    ) -> tuple[tuple[IssuedCredential, ...], TakenIndexes]:
        """
        Sign one credential for each candidate.

        Args:
            candidates: Not issued before.

            taken: Places that are taken.

            at: Moment of signing, in seconds since 1970.

        Raises:
            IssuingError: A text cannot be signed.

        """
        issued = []
        options = ProofOptions(created=format_instant(at), verification_method=self.signer.key_id)
        proof = options.proof(RDFC)
        config = eddsa_rdfc_2022.canonical_config(list(self.contexts), proof, self.contexts)
        for candidate in candidates:
            number, index, taken = taken.draw(self.random_below)
            numbers = CredentialNumbers(
                id=f"urn:uuid:{self.new_uuid()}",
                serial=candidate.serial,
                status_list=self.record.list_address(number),
                index=str(index),
            )
            document = self._document(candidate.learner, numbers, at)
            rdfc = eddsa_rdfc_2022.sign_dataset(
                self._dataset(candidate.learner, numbers, at), proof, config, self.signer
            )
            jcs = eddsa_jcs_2022.create_proof(document, options, self.signer)
            issued.append(self._finish(document | {"proof": [rdfc, jcs]}, candidate, numbers, number))
        return tuple(issued), taken

    def _document(self, learner: LearnerRecord, numbers: CredentialNumbers, at: int) -> JSONObject:
        return credential_document(self.catalogue, self.run, self.achievement, learner, numbers, at, self.messages)

    def _dataset(self, learner: LearnerRecord, numbers: CredentialNumbers, at: int) -> bytes:
        """Give the canonical N-Quads, expanding JSON-LD once for each set of members that learners have."""
        texts = {name: text for name, text in _texts(learner).items() if text is not None}
        if not self.catalogue.course_of(self.run).grade_printed:
            texts.pop("grade", None)
        shape = frozenset(texts) | {numbers.status_list, str(at)}
        if shape not in self._templates:
            blank = {name: _PLACE.format(name) if name in texts else None for name in _texts(learner)}
            places = CredentialNumbers(
                id="urn:" + _PLACE.format("id"),
                serial=_PLACE.format("serial"),
                status_list=numbers.status_list,
                index=_PLACE.format("index"),
            )
            document = self._document(_learner(blank), places, at)
            names = (*texts, "id", "serial", "index")
            try:
                template = dataset_template(document, tuple(map(_PLACE.format, names)), self.contexts)
            except UndefinedTermError as error:
                raise IssuingError(str(error), place=self.run.place) from None
            self._templates[shape] = template
        texts |= {"id": numbers.id.removeprefix("urn:"), "serial": numbers.serial, "index": numbers.index}
        return self._templates[shape].fill({_PLACE.format(name): text for name, text in texts.items()})

    def _finish(
        self, credential: JSONObject, candidate: Candidate, numbers: CredentialNumbers, number: int
    ) -> IssuedCredential:
        place = f"{self.run.place}: {candidate.serial}"
        signed = seal_credential(credential, self.record.keys, self.dictionary, place)
        course = self.catalogue.course_of(self.run)
        event = Issued(
            id=numbers.id,
            serial=numbers.serial,
            run=self.run.id,
            number=candidate.number,
            learner=candidate.key,
            name=candidate.learner.name,
            course=course.id,
            version=course.version,
            status_list=number,
            index=int(numbers.index),
            digest=signed.digest,
            key=self.signer.key_id,
            issued=str(credential["validFrom"]),
            published=candidate.published,
        )
        return IssuedCredential(event=event, signed=signed)


def run_achievement(catalogue: Catalogue, run: Run, messages: Messages, frozen: bytes | None) -> JSONObject:
    """
    Give the achievement of a run, which must be the one that its course version was first issued with.

    Args:
        catalogue: For the course.

        run: To be issued.

        messages: Section ``credential`` in the language of the run.

        frozen: The achievement as published at the first issue of this course version, if there was one.

    Raises:
        IssuingError: The text was changed since, or the run is in another language, or a text cannot be signed.

    """
    course = catalogue.course_of(run)
    found = achievement(catalogue, course, messages)
    check_texts(found)
    if frozen not in (None, canonical_json(found)):
        spoken = parse_object(frozen or b"", limit=MAX_ACHIEVEMENT).get("inLanguage")
        if spoken != run.language:
            raise IssuingError(
                f"expected a run in {spoken}, in which version {course.version} was first issued, got {run.language}",
                place=course.place,
                hint=f"another language needs a version of its own: write version: {course.version + 1}",
            )
        raise IssuingError(
            f"expected the text of version {course.version} as it was when first issued, found a changed one",
            place=course.place,
            hint=f"write version: {course.version + 1}, or undo the change",
        )
    return found


def with_lists(record: PublicRecord, taken: TakenIndexes) -> PublicRecord:
    """
    Add the lists that were begun while drawing places.

    Args:
        record: As published.

        taken: What is taken now.

    """
    new = {
        number: StatusList(
            id=record.list_address(number),
            issuer=record.keys.issuer,
            valid_from=0,
            valid_until=0,
            bits=empty_bits(),
        )
        for number in taken.lists
        if number not in record.lists
    }
    return replace(record, lists=dict(record.lists) | new)


def public_events(issued: Sequence[IssuedCredential]) -> tuple[PublicEvent, ...]:
    """
    Tell the public ledger what was issued, in an order that says nothing about the register's.

    Args:
        issued: In one transaction.

    """
    events = []
    for event in sorted((item.event for item in issued), key=lambda event: event.digest):
        month = event.issued[:7]
        events.append(PublicEvent(type="issued", digest=event.digest, key=event.key, month=month))
        if event.published:
            events.append(PublicEvent(type="published", digest=event.digest, key=event.key, month=month))
    return tuple(events)


def _texts(learner: LearnerRecord) -> dict[str, str | None]:
    return {name: getattr(learner, name) for name in LearnerRecord.__slots__}


def _learner(texts: dict[str, str | None]) -> LearnerRecord:
    return LearnerRecord(
        name=texts["name"] or "",
        native_name=texts["native_name"],
        father_name=texts["father_name"],
        husband_name=texts["husband_name"],
        identity_digits=texts["identity_digits"],
        grade=texts["grade"],
    )
