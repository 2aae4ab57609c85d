"""deciding: later decisions, notices, letters, answers, new evaluations, dossiers

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-21 20:40:00

"""

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "mail_preference",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind_group", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_mail_preference_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("user_id", "kind_group", name=op.f("pk_mail_preference")),
    )
    op.create_table(
        "retention_term",
        sa.Column("service_area_id", sa.Integer(), nullable=False),
        sa.Column("record_class", sa.String(length=30), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("years BETWEEN 0 AND 100", name=op.f("ck_retention_term_years_in_range")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_retention_term_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["service_area_id"],
            ["service_area.id"],
            name=op.f("fk_retention_term_service_area_id_service_area"),
        ),
        sa.PrimaryKeyConstraint("service_area_id", "record_class", name=op.f("pk_retention_term")),
    )
    op.create_table(
        "destruction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("classes", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certificate", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (certificate IS NULL)", name=op.f("ck_destruction_leaves_a_certificate")
        ),
        sa.CheckConstraint(
            "approved_at IS NULL OR dropped_at IS NULL", name=op.f("ck_destruction_one_ending")
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> proposed_by_id",
            name=op.f("ck_destruction_two_people"),
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_destruction_has_reason")),
        sa.ForeignKeyConstraint(
            ["addendum_id"], ["addendum.id"], name=op.f("fk_destruction_addendum_id_addendum")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["user_account.id"], name=op.f("fk_destruction_approved_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["user_account.id"], name=op.f("fk_destruction_proposed_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction")),
    )
    with op.batch_alter_table("destruction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_destruction_addendum_id"), ["addendum_id"], unique=False)

    op.create_table(
        "dossier_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=10), nullable=False),
        sa.Column("manifest_sha256", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version IN ('full', 'public')", name=op.f("ck_dossier_copy_version_known")),
        sa.ForeignKeyConstraint(
            ["addendum_id"], ["addendum.id"], name=op.f("fk_dossier_copy_addendum_id_addendum")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_dossier_copy_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_copy")),
    )
    with op.batch_alter_table("dossier_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_copy_addendum_id"), ["addendum_id"], unique=False)

    op.create_table(
        "dossier_mark",
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=120), nullable=False),
        sa.Column("mark", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "mark IN ('open', 'blackened', 'left_out')", name=op.f("ck_dossier_mark_mark_known")
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_dossier_mark_has_reason")),
        sa.ForeignKeyConstraint(
            ["addendum_id"], ["addendum.id"], name=op.f("fk_dossier_mark_addendum_id_addendum")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_dossier_mark_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("addendum_id", "part", name=op.f("pk_dossier_mark")),
    )
    op.create_table(
        "letter_run",
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["addendum_id"], ["addendum.id"], name=op.f("fk_letter_run_addendum_id_addendum")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_letter_run_asked_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("addendum_id", name=op.f("pk_letter_run")),
    )
    op.create_table(
        "letter_text",
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("next_steps", sa.Text(), nullable=False),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('selected', 'reserve', 'not_selected', 'inadmissible')",
            name=op.f("ck_letter_text_outcome_known"),
        ),
        sa.CheckConstraint("length(opening) > 0", name=op.f("ck_letter_text_has_opening")),
        sa.ForeignKeyConstraint(
            ["addendum_id"], ["addendum.id"], name=op.f("fk_letter_text_addendum_id_addendum")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_letter_text_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("addendum_id", "outcome", name=op.f("pk_letter_text")),
    )
    op.create_table(
        "acceptance",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer IN ('accepted', 'declined')", name=op.f("ck_acceptance_answer_known")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_acceptance_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_acceptance_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_acceptance")),
    )
    op.create_table(
        "acceptance_reminder",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_acceptance_reminder_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("decision_id", "day", name=op.f("pk_acceptance_reminder")),
    )
    op.create_table(
        "acceptance_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_acceptance_term_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_acceptance_term_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance_term")),
    )
    with op.batch_alter_table("acceptance_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acceptance_term_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "decision_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "way IN ('mail', 'registered', 'handed')", name=op.f("ck_decision_notice_way_known")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_decision_notice_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_notice_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_notice")),
    )
    with op.batch_alter_table("decision_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_notice_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "prepared_letter",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("data_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_prepared_letter_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_prepared_letter")),
    )
    op.create_table(
        "objection_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("object_key", sa.String(length=100), nullable=False),
        sa.Column("scanned", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_objection_file_sha256_length")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_objection_file_size_positive")),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objection.id"], name=op.f("fk_objection_file_objection_id_objection")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["user_account.id"],
            name=op.f("fk_objection_file_uploaded_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_file")),
        sa.UniqueConstraint("object_key", name=op.f("uq_objection_file_object_key")),
    )
    with op.batch_alter_table("objection_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_file_objection_id"), ["objection_id"], unique=False)

    op.create_table(
        "reassessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("round IN ('written', 'pitch', 'both')", name=op.f("ck_reassessment_round_known")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_reassessment_closed_by_somebody")
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_reassessment_has_reason")),
        sa.ForeignKeyConstraint(
            ["addendum_id"], ["addendum.id"], name=op.f("fk_reassessment_addendum_id_addendum")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user_account.id"], name=op.f("fk_reassessment_closed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_reassessment_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objection.id"], name=op.f("fk_reassessment_objection_id_objection")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["user_account.id"], name=op.f("fk_reassessment_opened_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_reassessment_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reassessment")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_reassessment_decision_id")),
        sa.UniqueConstraint("objection_id", name=op.f("uq_reassessment_objection_id")),
    )
    with op.batch_alter_table("reassessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reassessment_addendum_id"), ["addendum_id"], unique=False)

    op.create_table(
        "reassessment_sheet",
        sa.Column("reassessment_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("remark_applicant", sa.Text(), nullable=False),
        sa.Column("remark_internal", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "submitted_at IS NULL OR released_at IS NULL", name=op.f("ck_reassessment_sheet_in_or_released")
        ),
        sa.ForeignKeyConstraint(
            ["juror_id"], ["user_account.id"], name=op.f("fk_reassessment_sheet_juror_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["reassessment_id"],
            ["reassessment.id"],
            name=op.f("fk_reassessment_sheet_reassessment_id_reassessment"),
        ),
        sa.PrimaryKeyConstraint("reassessment_id", "juror_id", name=op.f("pk_reassessment_sheet")),
    )
    op.create_table(
        "reassessment_score",
        sa.Column("reassessment_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "NOT not_applicable OR level IS NULL",
            name=op.f("ck_reassessment_score_not_applicable_has_no_level"),
        ),
        sa.CheckConstraint("level IS NULL OR level >= 0", name=op.f("ck_reassessment_score_level_positive")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name=op.f("fk_reassessment_score_criterion_id_criterion")
        ),
        sa.ForeignKeyConstraint(
            ["reassessment_id", "juror_id"],
            ["reassessment_sheet.reassessment_id", "reassessment_sheet.juror_id"],
            name="fk_reassessment_score_sheet",
        ),
        sa.PrimaryKeyConstraint(
            "reassessment_id", "juror_id", "criterion_id", name=op.f("pk_reassessment_score")
        ),
    )
    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.add_column(sa.Column("acceptance_days", sa.Integer(), server_default="14", nullable=False))
        batch_op.create_check_constraint(
            batch_op.f("ck_addendum_acceptance_days_range"), "acceptance_days BETWEEN 1 AND 90"
        )

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("cause", sa.String(length=20), server_default="jury", nullable=False))
        batch_op.add_column(sa.Column("confirmed_on", sa.String(length=64), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_decision_proposal_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_decision_proposal_id"), ["proposal_id"], unique=False)
        batch_op.create_unique_constraint("uq_decision_number", ["proposal_id", "number"])
        batch_op.create_check_constraint(batch_op.f("ck_decision_number_positive"), "number >= 1")
        batch_op.create_check_constraint(
            batch_op.f("ck_decision_cause_known"), "cause IN ('jury', 'reserve', 'objection', 'other')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_decision_first_is_of_the_jury"), "(number = 1) = (cause = 'jury')"
        )

    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("criteria", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("late_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attached_letter", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("handled_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("handled_how", sa.Text(), nullable=True))

    _told_by_a_decision()
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reassess", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_constraint(batch_op.f("ck_ruling_selected_after_upheld"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_ruling_outcome_known"), type_="check")
        batch_op.drop_column("selected_after")
        batch_op.create_check_constraint(
            batch_op.f("ck_ruling_outcome_known"),
            "outcome IN ('upheld', 'partly', 'dismissed', 'inadmissible')",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_ruling_reassess_upheld"), "NOT reassess OR outcome IN ('upheld', 'partly')"
        )

    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("anonymised_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.add_column(sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("destroyed_in", sa.Integer(), nullable=True))


def downgrade():
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_column("destroyed_in")
        batch_op.drop_column("destroyed_at")

    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.drop_column("anonymised_at")

    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_ruling_reassess_upheld"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_ruling_outcome_known"), type_="check")
        batch_op.add_column(
            sa.Column("selected_after", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.drop_column("reassess")
        batch_op.create_check_constraint(
            batch_op.f("ck_ruling_outcome_known"), "outcome IN ('upheld', 'partly', 'dismissed')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_ruling_selected_after_upheld"), "NOT selected_after OR outcome = 'upheld'"
        )

    op.execute(
        "UPDATE outbox_message SET attachment = (SELECT letter.pdf FROM letter "
        "WHERE letter.decision_id = outbox_message.attached_letter) WHERE attached_letter IS NOT NULL"
    )
    _first_decisions_only()

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_column("handled_how")
        batch_op.drop_column("handled_by_id")
        batch_op.drop_column("handled_at")
        batch_op.drop_column("bounced_at")
        batch_op.drop_column("claimed_at")
        batch_op.drop_column("attached_letter")

    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.drop_column("late_at")
        batch_op.drop_column("criteria")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_first_is_of_the_jury"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_decision_cause_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_decision_number_positive"), type_="check")
        batch_op.drop_constraint("uq_decision_number", type_="unique")
        batch_op.drop_index(batch_op.f("ix_decision_proposal_id"))
        batch_op.create_unique_constraint(batch_op.f("uq_decision_proposal_id"), ["proposal_id"])
        batch_op.drop_column("confirmed_on")
        batch_op.drop_column("cause")
        batch_op.drop_column("number")

    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_addendum_acceptance_days_range"), type_="check")
        batch_op.drop_column("acceptance_days")

    op.drop_table("reassessment_score")
    op.drop_table("reassessment_sheet")
    with op.batch_alter_table("reassessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reassessment_addendum_id"))

    op.drop_table("reassessment")
    with op.batch_alter_table("objection_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_file_objection_id"))

    op.drop_table("objection_file")
    op.drop_table("prepared_letter")
    with op.batch_alter_table("decision_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_notice_decision_id"))

    op.drop_table("decision_notice")
    with op.batch_alter_table("acceptance_term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acceptance_term_decision_id"))

    op.drop_table("acceptance_term")
    op.drop_table("acceptance_reminder")
    op.drop_table("acceptance")
    op.drop_table("letter_text")
    op.drop_table("letter_run")
    op.drop_table("dossier_mark")
    with op.batch_alter_table("dossier_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_copy_addendum_id"))

    op.drop_table("dossier_copy")
    with op.batch_alter_table("destruction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_destruction_addendum_id"))

    op.drop_table("destruction")
    op.drop_table("retention_term")
    op.drop_table("mail_preference")


def _told_by_a_decision():
    """Every notice gets its row; a ruling that selected after all becomes what it always was, a later decision.

    The one who confirms it is of the two people of the first decision the one who did not give the ruling.
    """
    op.execute(
        "INSERT INTO decision_notice (decision_id, at, way, reason, by_id) "
        "SELECT id, notified_at, 'mail', '', confirmed_by_id FROM decision WHERE notified_at IS NOT NULL"
    )
    op.execute(
        "INSERT INTO decision (addendum_id, proposal_id, number, cause, outcome, motivation, legal_basis, "
        "appeal_routes, proposed_by_id, proposed_at, confirmed_by_id, confirmed_at, notified_at, version) "
        "SELECT d.addendum_id, d.proposal_id, 2, 'objection', 'selected', r.reasons, d.legal_basis, "
        "d.appeal_routes, r.given_by_id, r.given_at, "
        "CASE WHEN d.proposed_by_id = r.given_by_id THEN d.confirmed_by_id ELSE d.proposed_by_id END, "
        "r.given_at, r.given_at, 1 "
        "FROM ruling r JOIN objection o ON o.id = r.objection_id JOIN decision d ON d.id = o.decision_id "
        "WHERE r.selected_after"
    )


def _first_decisions_only():
    op.execute(
        "UPDATE ruling SET selected_after = true WHERE outcome = 'upheld' AND objection_id IN ("
        "SELECT o.id FROM objection o JOIN decision d ON d.id = o.decision_id "
        "JOIN decision l ON l.proposal_id = d.proposal_id AND l.number > 1 "
        "WHERE l.outcome = 'selected' AND l.notified_at IS NOT NULL)"
    )
    later = "SELECT id FROM decision WHERE number > 1"
    op.execute(f"UPDATE reassessment SET decision_id = NULL WHERE decision_id IN ({later})")
    objections = f"SELECT id FROM objection WHERE decision_id IN ({later})"
    scores = f"SELECT id FROM reassessment WHERE objection_id IN ({objections})"
    for table in ("reassessment_score", "reassessment_sheet"):
        op.execute(f"DELETE FROM {table} WHERE reassessment_id IN ({scores})")
    for table in ("reassessment", "objection_file", "ruling_judge", "ruling"):
        op.execute(f"DELETE FROM {table} WHERE objection_id IN ({objections})")
    for table in (
        "objection",
        "letter",
        "prepared_letter",
        "decision_notice",
        "acceptance",
        "acceptance_term",
        "acceptance_reminder",
    ):
        op.execute(f"DELETE FROM {table} WHERE decision_id IN ({later})")
    op.execute("DELETE FROM decision WHERE number > 1")
