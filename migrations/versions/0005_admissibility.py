"""admissibility: requirements, completion, outcome

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-21 10:45:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    "formal_requirement",
    "admissibility_examination",
    "admissibility_check",
    "completion_request",
    "completion_extension",
    "completion_item",
    "completion_file",
    "admissibility_refusal",
    "admissibility_reason",
)
# What every call asks that was made before there was a list (the wording as it was at this revision).
DEFAULTS = (
    ("in_time", "Ingediend voor de uiterste datum", "Het tijdstip op het ontvangstbewijs telt."),
    (
        "declared",
        "De verklaringen zijn aangevinkt",
        "Dat de kandidatuur klopt, en dat er geen gegevens van cliënten in staan.",
    ),
    (
        "enterprise_number",
        "De organisatie heeft een geldig ondernemingsnummer",
        "Tien cijfers waarvan het controlegetal klopt.",
    ),
    (
        "region",
        "De organisatie werkt in de gemeenten van deze oproep, of gaat dat doen",
        "Een vestiging ter plaatse is niet nodig.",
    ),
    (
        "quality",
        "Kwaliteitsregistratie bij het departement",
        "We noteren of ze er is. Wie ze nog niet heeft, kan evengoed meedoen.",
    ),
)


def defaults():
    """The list for every call there is."""
    bind = op.get_bind()
    calls = bind.execute(sa.text("SELECT id FROM addendum ORDER BY id")).scalars().all()
    requirement = sa.table(
        "formal_requirement",
        *(sa.column(name) for name in ("addendum_id", "number", "kind", "text", "explanation")),
    )
    rows = [
        {"addendum_id": call, "number": number, "kind": kind, "text": text, "explanation": explanation}
        for call in calls
        for number, (kind, text, explanation) in enumerate(DEFAULTS, start=1)
    ]
    if rows:
        bind.execute(sa.insert(requirement), rows)


def upgrade():
    op.create_table(
        "formal_requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("explanation", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "kind IN ('in_time', 'declared', 'enterprise_number', 'region', 'document', 'other', 'quality')",
            name=op.f("ck_formal_requirement_kind_known"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_formal_requirement_number_from_one")),
        sa.ForeignKeyConstraint(
            ["addendum_id"],
            ["addendum.id"],
            name=op.f("fk_formal_requirement_addendum_id_addendum"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_formal_requirement")),
        sa.UniqueConstraint("addendum_id", "number", name="uq_formal_requirement_number"),
    )
    op.create_table(
        "admissibility_check",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('met', 'missing', 'not_applicable')",
            name=op.f("ck_admissibility_check_outcome_known"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_admissibility_check_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_admissibility_check_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["formal_requirement.id"],
            name=op.f("fk_admissibility_check_requirement_id_formal_requirement"),
        ),
        sa.PrimaryKeyConstraint("proposal_id", "requirement_id", name=op.f("pk_admissibility_check")),
    )
    op.create_table(
        "admissibility_examination",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["addendum_id"], ["addendum.id"], name=op.f("fk_admissibility_examination_addendum_id_addendum")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_admissibility_examination_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_admissibility_examination")),
    )
    op.create_index(
        op.f("ix_admissibility_examination_addendum_id"), "admissibility_examination", ["addendum_id"]
    )
    op.create_table(
        "admissibility_refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("appeal_routes", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("revocation_reason", sa.Text(), nullable=False),
        sa.Column("revocation_by_id", sa.Integer(), nullable=True),
        sa.Column("revocation_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(confirmed_by_id IS NULL) = (confirmed_at IS NULL)",
            name=op.f("ck_admissibility_refusal_confirmed_whole"),
        ),
        sa.CheckConstraint(
            "confirmed_by_id <> proposed_by_id", name=op.f("ck_admissibility_refusal_two_people")
        ),
        sa.CheckConstraint(
            "revoked_by_id <> revocation_by_id", name=op.f("ck_admissibility_refusal_two_people_revoke")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["user_account.id"],
            name=op.f("fk_admissibility_refusal_confirmed_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_admissibility_refusal_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["user_account.id"],
            name=op.f("fk_admissibility_refusal_proposed_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["revocation_by_id"],
            ["user_account.id"],
            name=op.f("fk_admissibility_refusal_revocation_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"],
            ["user_account.id"],
            name=op.f("fk_admissibility_refusal_revoked_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admissibility_refusal")),
    )
    op.create_index(op.f("ix_admissibility_refusal_proposal_id"), "admissibility_refusal", ["proposal_id"])
    op.create_index(
        "uq_admissibility_refusal_in_force",
        "admissibility_refusal",
        ["proposal_id"],
        unique=True,
        sqlite_where=sa.text("dropped_at IS NULL AND revoked_at IS NULL"),
        postgresql_where=sa.text("dropped_at IS NULL AND revoked_at IS NULL"),
    )
    op.create_table(
        "completion_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_completion_request_asked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_completion_request_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_request")),
    )
    op.create_index(op.f("ix_completion_request_proposal_id"), "completion_request", ["proposal_id"])
    op.create_table(
        "admissibility_reason",
        sa.Column("refusal_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["refusal_id"],
            ["admissibility_refusal.id"],
            name=op.f("fk_admissibility_reason_refusal_id_admissibility_refusal"),
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["formal_requirement.id"],
            name=op.f("fk_admissibility_reason_requirement_id_formal_requirement"),
        ),
        sa.PrimaryKeyConstraint("refusal_id", "requirement_id", name=op.f("pk_admissibility_reason")),
    )
    op.create_table(
        "completion_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("until_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until > until_before", name=op.f("ck_completion_extension_later")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_completion_extension_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["completion_request.id"],
            name=op.f("fk_completion_extension_request_id_completion_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_extension")),
    )
    op.create_index(op.f("ix_completion_extension_request_id"), "completion_extension", ["request_id"])
    op.create_table(
        "completion_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("object_key", sa.String(length=100), nullable=False),
        sa.Column("scanned", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_completion_file_sha256_length")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_completion_file_size_positive")),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["completion_request.id"],
            name=op.f("fk_completion_file_request_id_completion_request"),
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["formal_requirement.id"],
            name=op.f("fk_completion_file_requirement_id_formal_requirement"),
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["user_account.id"],
            name=op.f("fk_completion_file_uploaded_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_file")),
        sa.UniqueConstraint("object_key", name=op.f("uq_completion_file_object_key")),
    )
    op.create_index(op.f("ix_completion_file_request_id"), "completion_file", ["request_id"])
    op.create_table(
        "completion_item",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["user_account.id"],
            name=op.f("fk_completion_item_answered_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["completion_request.id"],
            name=op.f("fk_completion_item_request_id_completion_request"),
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["formal_requirement.id"],
            name=op.f("fk_completion_item_requirement_id_formal_requirement"),
        ),
        sa.PrimaryKeyConstraint("request_id", "requirement_id", name=op.f("pk_completion_item")),
    )
    defaults()


def downgrade():
    for table in reversed(TABLES):
        op.drop_table(table)
