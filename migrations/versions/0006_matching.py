"""matching: judgements, invitations, confirmations, the team, the thesaurus

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-21 14:30:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "thesaurus_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.String(length=80), nullable=False),
        sa.Column("concept", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_thesaurus_change_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thesaurus_change")),
    )
    op.create_index(op.f("ix_thesaurus_change_concept_id"), "thesaurus_change", ["concept_id"])

    op.create_table(
        "call_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("obstacle_ids", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["addendum_id"],
            ["addendum.id"],
            name=op.f("fk_call_invitation_addendum_id_addendum"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_call_invitation_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_call_invitation_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_invitation")),
        sa.UniqueConstraint("addendum_id", "organisation_id", name="uq_call_invitation_once"),
    )
    op.create_index(op.f("ix_call_invitation_organisation_id"), "call_invitation", ["organisation_id"])

    op.create_table(
        "call_invitation_text",
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["addendum_id"],
            ["addendum.id"],
            name=op.f("fk_call_invitation_text_addendum_id_addendum"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_call_invitation_text_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("addendum_id", name=op.f("pk_call_invitation_text")),
    )
    op.create_table(
        "team_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("measured", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_team_choice_reasoned")),
        sa.ForeignKeyConstraint(
            ["addendum_id"], ["addendum.id"], name=op.f("fk_team_choice_addendum_id_addendum")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_team_choice_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_choice")),
    )
    op.create_index(op.f("ix_team_choice_addendum_id"), "team_choice", ["addendum_id"])

    op.create_table(
        "match_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_area_id", sa.Integer(), nullable=False),
        sa.Column("obstacle_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("need", sa.String(length=300), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('confirmed', 'rejected', 'withdrawn')", name=op.f("ck_match_judgement_verdict_known")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_match_judgement_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["obstacle_id"],
            ["obstacle.id"],
            name=op.f("fk_match_judgement_obstacle_id_obstacle"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_match_judgement_offer_id_offer"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_match_judgement_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["service_area_id"],
            ["service_area.id"],
            name=op.f("fk_match_judgement_service_area_id_service_area"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_judgement")),
    )
    op.create_index(op.f("ix_match_judgement_need"), "match_judgement", ["need"])
    op.create_index(op.f("ix_match_judgement_obstacle_id"), "match_judgement", ["obstacle_id"])
    op.create_index(op.f("ix_match_judgement_organisation_id"), "match_judgement", ["organisation_id"])
    op.create_index(op.f("ix_match_judgement_service_area_id"), "match_judgement", ["service_area_id"])

    op.create_table(
        "obstacle_confirmation",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("obstacle_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("degree", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "degree IN ('yes', 'partly', 'no')", name=op.f("ck_obstacle_confirmation_degree_known")
        ),
        sa.ForeignKeyConstraint(
            ["juror_id"], ["user_account.id"], name=op.f("fk_obstacle_confirmation_juror_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["obstacle_id"], ["obstacle.id"], name=op.f("fk_obstacle_confirmation_obstacle_id_obstacle")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_obstacle_confirmation_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint(
            "proposal_id", "obstacle_id", "juror_id", name=op.f("pk_obstacle_confirmation")
        ),
    )

    op.create_table(
        "text_support",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("obstacle_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["obstacle_id"], ["obstacle.id"], name=op.f("fk_text_support_obstacle_id_obstacle")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_text_support_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", "obstacle_id", name=op.f("pk_text_support")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("findable", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("offers_version", sa.Integer(), server_default="0", nullable=False))


def downgrade():
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_column("offers_version")
        batch_op.drop_column("findable")

    op.drop_table("text_support")

    op.drop_table("obstacle_confirmation")

    op.drop_table("match_judgement")

    op.drop_table("team_choice")
    op.drop_table("call_invitation_text")

    op.drop_table("call_invitation")

    op.drop_table("thesaurus_change")
