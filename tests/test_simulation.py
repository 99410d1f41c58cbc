"""What-if: starts, changes, goals, forms; in conversation and on the command line."""

import csv
import io
import re
from pathlib import Path

import pytest
from bot.answering.answer import Answer, Topic
from bot.answering.assistant import Assistant
from bot.cli import cli
from bot.regions.sheets import SheetError
from bot.regions.tables import to_csv
from click.testing import CliRunner


def talk(assistant: Assistant, *texts: str) -> list[Answer]:
    """Say texts one after the other in one conversation."""
    topic, answers = Topic(), []
    for text in texts:
        answer, topic = assistant.ask(text, topic)
        answers.append(answer)
    return answers


def head(answer: Answer) -> str:
    return answer.text.splitlines()[0]


def test_levels_are_changed_and_taken_back(assistant: Assistant) -> None:
    first, changed, more, back = talk(
        assistant,
        "simulasi semua tingkat 2",
        "indikator 11 jadi 4, indikator 16 jadi 3",
        "i 12=5,17=3",
        "ulangi dari awal",
    )
    assert head(first).startswith("Simulasi Indeks SPBE semua tingkat 2: 2,00 (Cukup)")
    # 2 x 2,5% + 1 x 2,5%
    assert "2,00 (Cukup) → 2,08 (Cukup), naik 0,075" in head(changed)
    assert "Tata Kelola 2,00 → 2,30" in changed.text
    assert "Perencanaan Strategis 2,00 → 2,50" in changed.more
    assert "naik 0,175" in head(more)
    assert head(back) == head(first)


def test_every_answer_names_formula_status_and_that_it_is_no_result(assistant: Assistant) -> None:
    for answer in talk(assistant, "simulasi palopo 2024", "domain manajemen jadi 2"):
        assert [c.source for c in answer.citations] == [
            "laporan-spbe-2024",
            "permenpanrb-59-2020",
        ]
        assert any("dicabut" in line for line in answer.status)
        assert any("bukan hasil evaluasi" in note for note in answer.notes)


def test_published_figures_move_by_the_weight_of_an_indicator(assistant: Assistant) -> None:
    start, unsure, moved = talk(
        assistant, "simulasi kota palopo 2024", "indikator 11 jadi 4", "indikator 11 dari 2 jadi 4"
    )
    assert "3,13 (Baik)" in head(start)
    assert "dari 2 jadi 4: +0,05" in unsure.text
    assert "Indikator 11 dari 2 jadi 4" in unsure.suggestions
    assert "→ 3,18 (Baik), naik 0,050" in head(moved)
    assert "Tata Kelola 2,20 → 2,40" in moved.text


def test_fewest_steps_name_what_they_ask_and_what_may_stand_in(assistant: Assistant) -> None:
    _, plan = talk(assistant, "simulasi semua tingkat 2", "apa yang paling mudah naik ke baik?")
    # 60 points of weight: 18 steps of 3,0 take indicators 42-47 to 5, three of 2,75 do the rest.
    assert head(plan).startswith("Paling sedikit 21 kenaikan satu tingkat untuk mencapai Baik")
    assert "Syarat:" in plan.text
    assert plan.more.count("\n- Indikator") == 21


def test_indicators_that_stay_are_left_out(assistant: Assistant) -> None:
    _, plan = talk(
        assistant,
        "simulasi semua tingkat 2",
        "langkah paling sedikit ke baik kecuali indikator 42 sampai 47",
    )
    assert "Indikator 41" in plan.more
    assert not any(f"Indikator {n} " in plan.more for n in range(42, 48))


def test_figures_give_a_bound_only(assistant: Assistant) -> None:
    _, answer = talk(
        assistant, "simulasi kota palopo 2024", "apa yang paling mudah naik ke sangat baik?"
    )
    # 37,5 points of weight: layanan has room for 11 whole steps of 3,0, tata kelola gives 2,5.
    assert "Paling sedikit 13 kenaikan" in answer.text
    assert "simulasi templat" in answer.text


def test_pemdi_has_its_own_weights_and_bounds(assistant: Assistant) -> None:
    first, changed, plan = talk(
        assistant,
        "simulasi pemdi semua tingkat 2",
        "indikator 20 jadi 3",
        "apa yang paling mudah naik ke baik?",
    )
    assert "Simulasi Indeks Pemdi semua tingkat 2: 2,00 (Cukup)" in first.text
    assert "naik 0,150" in head(changed)
    assert head(plan).startswith("Paling sedikit 3 kenaikan")
    assert any("tangan kedua" in note for note in plan.notes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("indikator 48 jadi 3", "1 sampai 47"),
        ("indikator 11 jadi 6", "Tingkat 6 tidak ada"),
        ("indikator 11 jadi 0", "Tingkat 0 tidak ada"),
        ("semua jadi 7", "Tingkat 7 tidak ada"),
        ("domain layanan jadi 4", "lewat indikatornya"),
        ("langkah paling sedikit ke 7,5", "1,00 sampai 5,00"),
    ],
)
def test_what_cannot_be_changes_nothing(assistant: Assistant, text: str, said: str) -> None:
    _, refused, after = talk(assistant, "simulasi semua tingkat 2", text, "indikator 1 jadi 3")
    assert refused.abstained
    assert said in refused.text
    assert "2,00 (Cukup) → 2,01 (Cukup)" in head(after)


@pytest.mark.parametrize(
    "text",
    ["simulasi 3 3 3", "simulasi palu 2019", f"simulasi {'9 ' * 47}"],
)
def test_start_that_is_not_there_is_refused(assistant: Assistant, text: str) -> None:
    (answer,) = talk(assistant, text)
    assert answer.abstained


def test_other_questions_are_answered_in_between(assistant: Assistant) -> None:
    _, law, indicator, changed = talk(
        assistant,
        "simulasi semua tingkat 2",
        "siapa yang menetapkan arsitektur spbe daerah?",
        "indikator 19 naik ke level 4 butuh bukti apa?",
        "indikator 19 jadi 4",
    )
    assert law.citations[0].locator == "pasal-12-ayat-3"
    assert "indikator 19" in indicator.text.lower()
    assert "naik 0,050" in head(changed)


def test_questions_about_simulation_rules_stay_questions(assistant: Assistant) -> None:
    (answer,) = talk(assistant, "rumus simulasi indeks spbe bagaimana?")
    assert "Simulasi Indeks SPBE" not in answer.text


def test_form_comes_back_filled_in(assistant: Assistant) -> None:
    form = assistant.simulations.template("pemdi").table
    assert form is not None
    lines = to_csv(form).decode("utf-8-sig").splitlines()
    filled = "\r\n".join([lines[0], *(f"{line}2" for line in lines[1:])])
    told = assistant.simulations.start_file(filled.encode(), "pemdi.csv")
    assert "Simulasi Indeks Pemdi dari berkas Anda: 2,00 (Cukup)" in told.answer.text


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("Indikator", "Tingkat"), *((n, 3) for n in range(1, 47))], "Belum ada: 47"),
        ([("Indikator", "Tingkat"), *((n, 3) for n in range(1, 49))], "Tidak dikenal: 48"),
        ([("Indikator", "Tingkat"), *((n, 6) for n in range(1, 48))], "indikator 1 (“6”)"),
        ([("Indikator", "Tingkat"), *((n, "") for n in range(1, 48))], "indikator 1"),
        ([("Indikator", "Tingkat"), (1, 3), (1, 4)], "dua kali"),
        ([("Nomor", "Nama"), (1, "x")], "Kolom"),
    ],
)
def test_forms_with_faults_name_the_mend(
    assistant: Assistant, rows: list[tuple[object, ...]], said: str
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    with pytest.raises(SheetError, match=re.escape(said)):
        assistant.simulations.start_file(out.getvalue().encode(), "tingkat.csv")


def test_command_line_simulates_and_writes_files(tmp_path: Path) -> None:
    run = CliRunner().invoke
    template, after = tmp_path / "t.csv", tmp_path / "sesudah.csv"
    assert run(cli, ["index", "simulate", "--template", str(template)]).exit_code == 0
    lines = template.read_text("utf-8-sig").splitlines()
    template.write_text("\n".join([lines[0], *(f"{line}3" for line in lines[1:])]), "utf-8")
    result = run(
        cli,
        f"index simulate --levels {template} --set 11=4 --set 16=5 -o {after}".split(),
    )
    assert result.exit_code == 0, result.output
    assert "3,00 (Baik) → 3,08 (Baik)" in result.output
    # The file of a simulation starts another.
    again = run(cli, ["index", "simulate", "--levels", str(after), "--goal", "Sangat Baik"])
    assert "3,08 (Baik) → 3,5" in again.output


def test_command_line_draws_and_exports(tmp_path: Path) -> None:
    run = CliRunner().invoke
    for command, suffix, begins in (
        (["chart", "tren", "indeks", "palopo"], "png", b"\x89PNG"),
        (["export", "tren", "indeks", "palopo"], "csv", b"\xef\xbb\xbfKode;"),
        (["export", "tren", "indeks", "palopo"], "xlsx", b"PK"),
        (["brief", "kota", "palopo"], "pdf", b"%PDF"),
    ):
        out = tmp_path / f"hasil.{suffix}"
        result = run(cli, ["index", *command, "-o", str(out)])
        assert result.exit_code == 0, result.output
        assert out.read_bytes().startswith(begins)


def test_command_line_names_what_is_wrong(tmp_path: Path) -> None:
    run = CliRunner().invoke
    wrong = run(cli, ["index", "export", "tren", "palopo", "-o", str(tmp_path / "x.docx")])
    assert "csv" in str(wrong.exception)
    nothing = run(cli, ["index", "chart", "apa", "itu", "spbe", "-o", str(tmp_path / "x.png")])
    assert "gambar" in str(nothing.exception)


def test_terminal_saves_the_last_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked = "tren indeks palopo\nsimpan tren.png\nsimpan tren.xlsx\nsimpan tren.doc\nkeluar\n"
    result = CliRunner().invoke(cli, ["chat"], input=asked)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "tren.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "tren.xlsx").read_bytes().startswith(b"PK")
    assert "Akhiri nama berkas" in result.output


@pytest.mark.parametrize(
    "text",
    [
        "kabupaten mana yang mencapai memuaskan 2024",
        "apakah indeks gowa naik ke sangat baik tahun 2024?",
        "langkah manajemen risiko spbe menuju baik",
        "sulsel domain layanan jadi 4 tahun 2024",
        "apa itu tata kelola yang baik supaya efektif",
    ],
)
def test_questions_that_only_sound_like_goals_are_answered(
    assistant: Assistant, text: str
) -> None:
    _, other, shown = talk(assistant, "simulasi kota palopo 2024", text, "hasilnya sekarang?")
    assert "Palopo" not in other.text
    assert head(shown).endswith("3,13 (Baik); kurang 0,375 ke Sangat Baik.")


def test_several_indicators_are_changed_at_once(assistant: Assistant) -> None:
    _, listed, spanned = talk(
        assistant, "simulasi semua tingkat 2", "indikator 1,2,3 jadi 4", "indikator 1-10 jadi 4"
    )
    assert "naik 0,078" in head(listed)
    assert "naik 0,260" in head(spanned)


def test_domain_figures_rule_levels_out(assistant: Assistant) -> None:
    # A domain at 1,00 leaves its indicators no other level than 1.
    _, known, impossible, again = talk(
        assistant,
        "simulasi kota palopo 2024",
        "indikator 21 jadi 3",
        "indikator 22 dari 3 jadi 4",
        "indikator 21 jadi 4",
    )
    assert "tingkat 1 → 3, +0,03" in known.text
    assert impossible.abstained
    assert "tingkat 1 → 4, +0,045" in again.text
    assert "naik 0,045" in head(again)


@pytest.mark.parametrize("text", ["langkah ke 3", "target 3", "biar indeksnya 3,0"])
def test_goals_may_be_whole_numbers(assistant: Assistant, text: str) -> None:
    _, plan = talk(assistant, "simulasi semua tingkat 2", text)
    assert "mencapai indeks 3,00" in plan.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("simulasi bandung 2024", "Kabupaten Bandung atau Kota Bandung"),
        ("simulasi wakanda 2024", "tidak mengenal"),
        ("simulasi pemdi palopo 2024", "Indeks Pemdi"),
    ],
)
def test_starts_that_are_unclear_are_asked_back(
    assistant: Assistant, text: str, said: str
) -> None:
    (answer,) = talk(assistant, text)
    assert answer.abstained
    assert said in answer.text


def test_open_simulation_is_shown_again(assistant: Assistant) -> None:
    _, changed, shown = talk(
        assistant, "simulasi semua tingkat 2", "indikator 11 jadi 4", "simulasi"
    )
    assert shown.text == changed.text


def test_what_is_excepted_keeps_its_level(assistant: Assistant) -> None:
    start, spanned, goal = talk(
        assistant,
        "simulasi semua tingkat 2 kecuali 1-10 tingkat 3",
        "semua jadi 3 kecuali indikator 21-31",
        "target memuaskan kecuali layanan",
    )
    assert "→ 2,13 (Cukup)" in head(start)
    # 2 + (100 - 16,5) / 100
    assert "→ 2,84 (Baik)" in head(spanned)
    assert "tidak tercapai" in goal.text


def test_whole_domain_is_known_whatever_its_levels_were(assistant: Assistant) -> None:
    _, raised = talk(assistant, "simulasi kota padang 2024", "indikator 21-31 jadi 3")
    assert "Manajemen 2,45 → 3,00" in raised.text


def test_indicators_move_by_levels(assistant: Assistant) -> None:
    _, up, capped = talk(
        assistant,
        "simulasi semua tingkat 4",
        "indikator 32-41 naik 1 tingkat",
        "indikator 32 naik 1 tingkat",
    )
    # Ten of 2,75 percent; nothing lies above 5.
    assert "naik 0,275" in head(up)
    assert "naik 0,275" in head(capped)
