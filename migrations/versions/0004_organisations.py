"""organisations: references, documents, requests to join, merging

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-21 10:45:00
"""
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "organisation_reference",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("period", sa.String(length=60), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_reference_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_reference")),
    )
    op.create_index(
        op.f("ix_organisation_reference_organisation_id"), "organisation_reference", ["organisation_id"]
    )
    op.create_table(
        "organisation_document",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("object_key", sa.String(length=100), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("scanned", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_organisation_document_size_positive")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_organisation_document_sha256_length")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_document_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["user_account.id"],
            name=op.f("fk_organisation_document_uploaded_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_document")),
        sa.UniqueConstraint("object_key", name=op.f("uq_organisation_document_object_key")),
    )
    op.create_index(
        op.f("ix_organisation_document_organisation_id"), "organisation_document", ["organisation_id"]
    )
    op.create_table(
        "join_request",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_join_request_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_join_request_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_join_request_answered_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_request")),
    )
    op.create_index(op.f("ix_join_request_organisation_id"), "join_request", ["organisation_id"])
    op.create_table(
        "merge_proposal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("kept_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("gone_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_by_id", sa.Integer(), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kept_id <> gone_id", name=op.f("ck_merge_proposal_two_organisations")),
        sa.CheckConstraint(
            "done_at IS NULL OR refused_at IS NULL", name=op.f("ck_merge_proposal_one_end")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["organisation.id"], name=op.f(f"fk_merge_proposal_{column}_organisation")
            )
            for column in ("kept_id", "gone_id")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["user_account.id"], name=op.f(f"fk_merge_proposal_{column}_user_account")
            )
            for column in ("proposed_by_id", "kept_agreed_by_id", "gone_agreed_by_id", "refused_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_proposal")),
    )
    for column in ("kept_id", "gone_id"):
        op.create_index(op.f(f"ix_merge_proposal_{column}"), "merge_proposal", [column])
    with op.batch_alter_table("organisation") as batch:
        batch.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_index(op.f("ix_organisation_merged_into_id"), ["merged_into_id"])
        batch.create_foreign_key(
            op.f("fk_organisation_merged_into_id_organisation"), "organisation", ["merged_into_id"], ["id"]
        )
        batch.create_check_constraint(
            op.f("ck_organisation_merged_into_another"), "merged_into_id IS NULL OR merged_into_id <> id"
        )


def downgrade():
    with op.batch_alter_table("organisation") as batch:
        batch.drop_constraint(op.f("ck_organisation_merged_into_another"), type_="check")
        batch.drop_constraint(op.f("fk_organisation_merged_into_id_organisation"), type_="foreignkey")
        batch.drop_index(op.f("ix_organisation_merged_into_id"))
        batch.drop_column("merged_at")
        batch.drop_column("merged_into_id")
    for table in ("merge_proposal", "join_request", "organisation_document", "organisation_reference"):
        op.drop_table(table)
