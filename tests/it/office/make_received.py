#!/usr/bin/python3
"""Makes report files as other programs make them, out of the drafts in sample-data.

    /usr/bin/python3 tests/it/office/make_received.py kept sample-data/received
    /usr/bin/python3 tests/it/office/make_received.py more FOLDER

`kept` makes the files of sample-data/received anew; it needs python-docx, openpyxl and LibreOffice (soffice). `more`
makes one file for each way of writing a table with python-docx and openpyxl, and html pages from which LibreOffice can
make files; a list `made.tsv` says of each which sample it holds and what its zeros and totals look like. The bytes
differ from run to run (times, ids); what is in the files does not.

All words are those of the samples and of the forms.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
GROUPS = ["natural", "business", "research", "welfare", "legal", "other_org"]
ENDS = ["upheld", "corrected", "other", "pending"]


# The samples -------------------------------------------------------------------------------------------------------


def ron(text):
    """The values of a draft: structs as dictionaries, lists as lists, numbers as they are written."""
    text = re.sub(r"^\s*//.*$", "", text, flags=re.M)
    tokens = re.findall(r'"(?:[^"\\]|\\.)*"|[()\[\]:,]|[^\s()\[\]:,"]+', text)
    at = 0

    def value():
        nonlocal at
        token = tokens[at]
        at += 1
        if token == "Draft":
            return value()
        if token == "(":
            fields = {}
            while tokens[at] != ")":
                name = tokens[at]
                at += 2
                fields[name] = value()
                at += tokens[at] == ","
            at += 1
            return fields
        if token == "[":
            items = []
            while tokens[at] != "]":
                items.append(value())
                at += tokens[at] == ","
            at += 1
            return items
        return token[1:-1] if token.startswith('"') else token

    return value()


def sample(name):
    return ron((ROOT / "sample-data" / name).read_text(encoding="utf-8"))


# The forms ---------------------------------------------------------------------------------------------------------

DENIED = [
    ("denied_state_secret", "1.属于国家秘密"),
    ("denied_by_law", "2.其他法律行政法规禁止公开"),
    ("denied_three_securities", "3.危及“三安全一稳定”"),
    ("denied_third_party", "4.保护第三方合法权益"),
    ("denied_internal", "5.属于三类内部事务信息"),
    ("denied_process", "6.属于四类过程性信息"),
    ("denied_enforcement_file", "7.属于行政执法案卷"),
    ("denied_query", "8.属于行政查询事项"),
]
UNAVAILABLE = [
    ("unavailable_not_held", "1.本机关不掌握相关政府信息"),
    ("unavailable_must_create", "2.没有现成信息需要另行制作"),
    ("unavailable_unclear", "3.补正后申请内容仍不明确"),
]
REJECTED = [
    ("rejected_petition", "1.信访举报投诉类申请"),
    ("rejected_repeat", "2.重复申请"),
    ("rejected_publication", "3.要求提供公开出版物"),
    ("rejected_excessive", "4.无正当理由大量反复申请"),
    ("rejected_reconfirm", "5.要求行政机关确认或重新出具已获取信息"),
]
OTHER = [
    ("other_no_correction", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_misc", "3.其他"),
]


def outcomes(form):
    """Groups of rows of table three: label, and rows inside or the row itself."""
    other = [("other", "（六）其他处理")] if form == "2019" else ("（六）其他处理", OTHER)
    groups = [
        [("granted", "（一）予以公开")],
        [("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）")],
        ("（三）不予公开", DENIED),
        ("（四）无法提供", UNAVAILABLE),
        ("（五）不予处理", REJECTED),
        other,
        [("outcome_total", "（七）总计")],
    ]
    return groups


def disclosure(form):
    """Blocks of table two: title, heads, rows of id and label, ids of columns."""
    if form == "2019":
        items = ["上一年项目数量", "本年增/减", "处理决定数量"]
        ids = ["items_last_year", "items_change", "decisions"]
        return [
            ("第二十条第（一）项", ["本年新制作数量", "本年新公开数量", "对外公开总数量"],
             [("regulation", "规章"), ("normative", "规范性文件")], ["made", "disclosed", "disclosed_total"]),
            ("第二十条第（五）项", items, [("licence", "行政许可"), ("other_services", "其他对外管理服务事项")], ids),
            ("第二十条第（六）项", items, [("penalty", "行政处罚"), ("coercion", "行政强制")], ids),
            ("第二十条第（八）项", items[:2], [("fees", "行政事业性收费")], ids[:2]),
            ("第二十条第（九）项", ["采购项目数量", "采购总金额"], [("procurement", "政府集中采购")],
             ["items", "amount"]),
        ]
    decisions = ["本年处理决定数量"]
    return [
        ("第二十条第（一）项", ["本年制发件数", "本年废止件数", "现行有效件数"],
         [("regulation", "规章"), ("normative", "行政规范性文件")], ["issued", "repealed", "in_force"]),
        ("第二十条第（五）项", decisions, [("licence", "行政许可")], ["decisions"]),
        ("第二十条第（六）项", decisions, [("penalty", "行政处罚"), ("coercion", "行政强制")], ["decisions"]),
        ("第二十条第（八）项", ["本年收费金额（单位：万元）"], [("fees", "行政事业性收费")], ["amount"]),
    ]


class Figures:
    """The figures of a sample as a unit writes them: `zero` for nothing, totals or blanks for totals."""

    def __init__(self, draft, zero="0", totals=True, thousands=False, units=False, notes=()):
        self.form, self.all, self.stated = draft["form"], draft["figures"], draft.get("stated", {})
        self.zero, self.totals, self.thousands, self.units, self.notes = zero, totals, thousands, units, dict(notes)

    def write(self, text, path, unit="件"):
        if path in self.notes:
            return text + self.notes[path]
        if text == "0":
            return self.zero
        if self.thousands and re.fullmatch(r"\d{4,}", text):
            text = f"{int(text):,}"
        return text + unit if self.units else text

    def cell(self, table, row, column):
        text = self.all[table][row][column]
        if column == "items_change":
            text = "减" + text[1:] if text.startswith("-") else text
        unit = "万元" if column == "amount" else "项" if column.startswith("items") else "件"
        return self.write(text, f"{table}.{row}.{column}", unit)

    def sum(self, rows, columns):
        table = self.all["requests"]
        return sum(int(table[row][column]) for row in rows for column in columns)

    def requests(self, row):
        """The seven figures of a row of table three."""
        rows = [row]
        if row == "outcome_total":
            rows = [name for name in self.all["requests"] if name not in ("received", "carried_in", "carried_out")]
        sums = [str(self.sum(rows, [group])) for group in GROUPS]
        texts = [self.write(text, f"requests.{row}.{group}") for text, group in zip(sums, GROUPS)]
        if row == "outcome_total" and not self.totals:
            texts = [""] * 6
        total = self.write(str(self.sum(rows, GROUPS)), f"requests.{row}.total") if self.totals else ""
        return texts + [total]

    def remedies(self, row):
        figures = self.all["remedies"][row]
        total = str(sum(int(figures[end]) for end in ENDS))
        texts = [self.write(figures[end], f"remedies.{row}.{end}") for end in ENDS]
        return texts + [self.write(total, f"remedies.{row}.total") if self.totals else ""]


# Tables: rows of (text, rows, columns), spans as in html -----------------------------------------------------------


def row(*cells):
    return [cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in cells]


def table_two(figures, remark=None):
    """Table two; `remark` gives a further column 备注, with a text for some rows."""
    wide = 5 if remark is not None else 4
    rows = []
    for title, heads, lines, ids in disclosure(figures.form):
        rows.append(row((title, 1, wide)))
        spans = {3: [1, 1, 1], 2: [1, 2], 1: [3]}[len(heads)]
        last = ["备注"] if remark is not None else []
        rows.append(row("信息内容", *[(head, 1, span) for head, span in zip(heads, spans)], *last))
        for name, label in lines:
            cells = [(figures.cell("disclosure", name, column), 1, span) for column, span in zip(ids, spans)]
            rows.append(row(label, *cells, *([remark.get(name, "")] if remark is not None else [])))
    return rows


def heads_three(corner, split=False, flat=False):
    """The three rows of heads. `split`: the corner is three cells; `flat`: one row of heads for all columns."""
    organisations = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    if flat:
        return [row(("项目", 1, 3), "自然人", *organisations, "总计")]
    if split:
        # Merged only sideways; what hangs over more rows is left blank below.
        return [
            row((corner, 1, 3), ("申请人情况", 1, 7)),
            row(("", 1, 3), "自然人", ("法人或其他组织", 1, 5), "总计"),
            row("", "", "", "", *organisations, ""),
        ]
    return [
        row((corner, 3, 3), ("申请人情况", 1, 7)),
        row(("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)),
        row(*organisations),
    ]


CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def table_three(figures, merged=True, corner=CORNER, broken=False, split=False, flat=False):
    """Table three. Not `merged`: the labels of groups stand in their first row and are blank below. `broken`: labels
    have line breaks and blanks in them."""

    def label(text):
        if not broken:
            return text
        text = text.replace("、本年", "、本年\n").replace("（三）不予公开", "（三）\n不予\n公开")
        return re.sub(r"^(\d)\.", r"\1．  ", text).replace("总计", "总  计").replace("其他处理", "其他\n处理")

    rows = heads_three(corner, split, flat)
    for name, text in [("received", "一、本年新收政府信息公开申请数量"), ("carried_in", "二、上年结转政府信息公开申请数量")]:
        rows.append(row((label(text), 1, 3), *figures.requests(name)))
    groups = outcomes(figures.form)
    count = sum(len(group) if isinstance(group, list) else len(group[1]) for group in groups)
    first = True
    for group in groups:
        title, lines = (None, group) if isinstance(group, list) else group
        for index, (name, text) in enumerate(lines):
            cells = []
            if merged and first:
                cells.append((label("三、本年度办理结果"), count, 1))
            elif not merged:
                cells.append((label("三、本年度办理结果") if first else "", 1, 1))
            first = False
            if title is None:
                cells.append((label(text), 1, 2))
            else:
                if merged and index == 0:
                    cells.append((label(title), len(lines), 1))
                elif not merged:
                    cells.append((label(title) if index == 0 else "", 1, 1))
                cells.append((label(text), 1, 1))
            rows.append(cells + row(*figures.requests(name)))
    rows.append(row((label("四、结转下年度继续办理"), 1, 3), *figures.requests("carried_out")))
    return rows


REMEDIES = [
    ("reconsideration", "行政复议"),
    ("litigation_direct", "未经复议直接起诉"),
    ("litigation_after", "复议后起诉"),
]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def table_four(figures, below=False):
    """Table four, all in one row; or `below` one another."""
    if below:
        rows = [row(("项目", 1, 2), *RESULTS), row(("行政复议", 1, 2), *figures.remedies("reconsideration"))]
        rows.append(row(("行政诉讼", 2, 1), "未经复议直接起诉", *figures.remedies("litigation_direct")))
        rows.append(row("复议后起诉", *figures.remedies("litigation_after")))
        return rows
    return [
        row(("行政复议", 1, 5), ("行政诉讼", 1, 10)),
        row(*[(text, 2, 1) for text in RESULTS], ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)),
        row(*RESULTS, *RESULTS),
        row(*[text for name, _ in REMEDIES for text in figures.remedies(name)]),
    ]


def placed(rows):
    """Cells with their places in the grid: (row, column, rows, columns, text), and the size of the grid."""
    taken, cells = set(), []
    for y, line in enumerate(rows):
        x = 0
        for text, down, across in line:
            while (y, x) in taken:
                x += 1
            taken.update((y + dy, x + dx) for dy in range(down) for dx in range(across))
            cells.append((y, x, down, across, text))
            x += across
    return cells, max(y for y, _ in taken) + 1, max(x for _, x in taken) + 1


# Whole reports -----------------------------------------------------------------------------------------------------


def date(text):
    year, month, day = text.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def report(draft, tables, preface=True):
    """What a report is made of, in order: (kind, content); kinds are title, text, heading, table."""
    cover, texts, form = draft["cover"], draft["texts"], draft["form"]
    problems = "政府信息公开工作存在的主要问题及改进情况" if form == "2019" else "存在的主要问题及改进情况"
    yield "title", f"{cover['unit']}{cover['year']}年政府信息公开工作年度报告"
    if preface:
        yield "text", (
            f"本报告由{cover['unit']}按照《中华人民共和国政府信息公开条例》和统一规定的年度报告格式编制。"
            f"报告所列数据的统计期限自{date(cover['period_from'])}起，至{date(cover['period_to'])}止。"
            f"对报告内容有疑问的，请与本单位联系：{cover['contact']}。"
        )
    sections = [
        ("一、总体情况", "overview"),
        ("二、主动公开政府信息情况", "disclosure"),
        ("三、收到和处理政府信息公开申请情况", "requests"),
        ("四、政府信息公开行政复议、行政诉讼情况", "remedies"),
        (f"五、{problems}", "problems"),
        ("六、其他需要报告的事项", "other"),
    ]
    for heading, name in sections:
        yield "heading", heading
        for table in tables.get(name, []):
            yield ("text", table) if isinstance(table, str) else ("table", table)
        for paragraph in texts.get(name, []):
            yield "text", paragraph
    yield "sign", cover["unit"]
    yield "sign", date(cover["signed"])


def tables_of(two, three, four):
    as_list = lambda table: table if table and isinstance(table[0][0], list) else [table]
    return {"disclosure": [two], "requests": as_list(three), "remedies": [four]}


# python-docx -------------------------------------------------------------------------------------------------------


def docx(path, parts, styled=False):
    """Without styles headings are bold paragraphs; blanks indent paragraphs, as people do it by hand."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()

    def paragraph(text, font, size, bold=False, align=None):
        made = document.add_paragraph()
        # Word cuts a text into runs wherever somebody typed.
        half = len(text) // 2
        for piece in (text[:half], text[half:]):
            run = made.add_run(piece)
            run.bold, run.font.size, run.font.name = bold, Pt(size), font
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        made.alignment = align

    for kind, content in parts:
        if kind == "table":
            cells, height, width = placed(content)
            table = document.add_table(height, width)
            table.style = "Table Grid"
            for y, x, down, across, text in cells:
                cell = table.cell(y, x)
                if down * across > 1:
                    cell = cell.merge(table.cell(y + down - 1, x + across - 1))
                for index, line in enumerate(text.split("\n")):
                    if index == 0:
                        cell.paragraphs[0].text = line
                    elif index == 1:
                        cell.paragraphs[0].add_run().add_break()
                        cell.paragraphs[0].add_run(line)
                    else:
                        cell.add_paragraph(line)
        elif kind == "title":
            if styled:
                document.add_heading(content, 0)
            else:
                paragraph(content, "方正小标宋简体", 22, True, WD_ALIGN_PARAGRAPH.CENTER)
                document.add_paragraph()
        elif kind == "heading":
            document.add_heading(content, 1) if styled else paragraph("　　" + content, "黑体", 16, True)
        elif kind == "sign":
            paragraph(content, "仿宋_GB2312", 16, False, WD_ALIGN_PARAGRAPH.RIGHT)
        else:
            paragraph("　　" + content, "仿宋_GB2312", 16)
    # The template of python-docx has parts that nothing needs and that make half of a small file.
    for relations in (document.part.package.rels, document.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects")):
                del relations[name]
    document.save(path)


# openpyxl ----------------------------------------------------------------------------------------------------------


def put(sheet, top, rows, numbers, merge=True):
    """A table at a row of a sheet. `numbers`: "text", "number" or "format" (numbers shown with separators)."""
    from openpyxl.styles import Alignment, Border, Side

    thin = Side(style="thin")
    cells, height, width = placed(rows)
    for y in range(height):
        for x in range(width):
            sheet.cell(top + y, 1 + x).border = Border(thin, thin, thin, thin)
    for y, x, down, across, text in cells:
        cell = sheet.cell(top + y, 1 + x)
        plain = text.replace(",", "")
        if numbers != "text" and re.fullmatch(r"-?\d+(\.\d+)?", plain):
            cell.value = float(plain) if "." in plain else int(plain)
            cell.number_format = "#,##0" if numbers == "format" else "General"
        elif text:
            cell.value = text
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if merge and down * across > 1:
            sheet.merge_cells(start_row=top + y, start_column=1 + x, end_row=top + y + down - 1, end_column=x + across)
    return top + height


def formulas(sheet, top, left, form):
    """Totals of table three as sums; its first row of figures is `top`."""
    from openpyxl.utils import get_column_letter as letter

    inside = 25 if form == "2021" else 22
    for y in range(top, top + inside):
        sheet.cell(y, left + 6).value = f"=SUM({letter(left)}{y}:{letter(left + 5)}{y})"
    for x in range(left, left + 6):
        # The outcomes are the rows from the third to the one before 总计.
        at = top + inside - 2
        sheet.cell(at, x).value = f"=SUM({letter(x)}{top + 2}:{letter(x)}{at - 1})"


def one_sheet(path, parts, numbers="text", hide=(), sums=None):
    """Everything on one sheet, one thing below the other."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "年报"
    at = 1
    for kind, content in parts:
        if kind == "table":
            if sums and len(placed(content)[0]) > 150:
                formulas_at = at + sums
                at = put(sheet, at, content, numbers)
                formulas(sheet, formulas_at, 4, hide_form(content))
            else:
                at = put(sheet, at, content, numbers)
            continue
        sheet.cell(at, 1).value = content
        sheet.cell(at, 1).alignment = Alignment(wrap_text=True, horizontal="center" if kind == "title" else None)
        sheet.cell(at, 1).font = Font(bold=kind in ("title", "heading"))
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=10)
        at += 2 if kind == "title" else 1
    for row_number in hide:
        sheet.row_dimensions[row_number].hidden = True
    book.save(path)


def hide_form(rows):
    return "2021" if len(rows) > 28 or any("3.其他" == text for line in rows for text, _, _ in line) else "2019"


def sheets(path, draft, tables, numbers="number", sums=True, hidden=False):
    """One sheet a table with title rows above, and no prose."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    cover = draft["cover"]
    names = {"disclosure": "主动公开", "requests": "依申请公开", "remedies": "复议诉讼"}
    titles = {
        "disclosure": "二、主动公开政府信息情况",
        "requests": "三、收到和处理政府信息公开申请情况",
        "remedies": "四、政府信息公开行政复议、行政诉讼情况",
    }
    for name, title in names.items():
        sheet = book.create_sheet(title)
        sheet["A1"].value = f"{cover['unit']}{cover['year']}年政府信息公开工作年度报告"
        sheet["A1"].font = Font(bold=True, size=16)
        sheet["A2"].value = titles[name]
        sheet["A3"].value = "单位：件"
        top = 4
        rows = tables[name][0]
        put(sheet, top, rows, numbers)
        if sums and name == "requests":
            formulas(sheet, top + 3, 4, draft["form"])
        if hidden and name == "requests":
            # A row that is folded away still counts in the sums, so it must be read.
            sheet.row_dimensions[top + 8].hidden = True
        sheet.column_dimensions["A"].width = 22
    book.save(path)


# html, for LibreOffice ---------------------------------------------------------------------------------------------


def html(path, parts):
    out = ['<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>']
    for kind, content in parts:
        if kind == "table":
            _, _, width = placed(content)
            out.append('<table border="1" cellspacing="0">')
            for line in content:
                cells = (
                    f'<td rowspan="{down}" colspan="{across}">{text.replace(chr(10), "<br>")}</td>'
                    for text, down, across in line
                )
                out.append("<tr>" + "".join(cells) + "</tr>")
            out.append("</table>")
        elif kind == "title":
            out.append(f'<p align="center"><b><font size="6">{content}</font></b></p>')
        elif kind == "heading":
            out.append(f"<p><b>{content}</b></p>")
        elif kind == "sign":
            out.append(f'<p align="right">{content}</p>')
        else:
            out.append(f"<p>{content}</p>")
    out.append("</body></html>")
    Path(path).write_text("\n".join(out), encoding="utf-8")


def convert(source, filter_name, target):
    """Converts with LibreOffice, with settings of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = f"-env:UserInstallation=file://{folder}/settings"
        infilter = ["--infilter=HTML (StarWriter)"] if source.suffix == ".html" and filter_name == "docx" else []
        run = ["soffice", settings, "--headless", *infilter, "--convert-to", filter_name, "--outdir", folder]
        subprocess.run([*run, str(source)], check=True, capture_output=True)
        made = Path(folder) / f"{source.stem}.{filter_name.split(':')[0]}"
        Path(target).write_bytes(made.read_bytes())


# What is made ------------------------------------------------------------------------------------------------------

OLD, NEW = "yiyuan-2020.ron", "hangzhou-type-2025.ron"


def kept(folder):
    old, new = sample(OLD), sample(NEW)
    scratch = Path(tempfile.mkdtemp())

    figures = Figures(old, totals=False)
    three = table_three(figures, merged=False, split=True)
    docx(folder / "yiyuan-no-styles.docx",
         report(old, tables_of(table_two(figures), three, table_four(figures))))

    figures = Figures(old, thousands=True, units=False)
    three = table_three(figures, broken=True)
    # The page ends within 不予处理; who typed it made two tables and repeated the heads.
    cut = next(y for y, line in enumerate(three) if any(text.startswith("（五）") for text, _, _ in line))
    upper, lower = three[:cut], three[cut:]
    upper = [[(text, cut - 5 if text.startswith("三、") else down, across) for text, down, across in line] for line in upper]
    lower = [[("三、本年度\n办理结果（续）", len(lower) - 1, 1), *lower[0]], *lower[1:]]
    lower = heads_three(CORNER) + lower
    remark = {"normative": "含政府办公室文件", "procurement": "单位：万元"}
    docx(folder / "yiyuan-split-table.docx",
         report(old, {"disclosure": ["表一　主动公开政府信息情况", table_two(figures, remark)],
                      "requests": [upper, "续表", lower],
                      "remedies": [table_four(figures, below=True)]}), styled=True)

    notes = {"disclosure.normative.issued": "（其中修订16件）", "requests.received.natural": "（含网上申请）"}
    figures = Figures(new, thousands=True, units=True, notes=notes)
    html(scratch / "page.html",
         report(new, tables_of(table_two(figures), table_three(figures), table_four(figures))))
    convert(scratch / "page.html", "docx", folder / "hangzhou-libreoffice.docx")

    figures = Figures(new, zero="", totals=True)
    parts = report(new, tables_of(table_two(figures), table_three(figures, merged=False), table_four(figures, below=True)))
    one_sheet(scratch / "book.xlsx", parts, "format", sums=3)
    convert(scratch / "book.xlsx", "xlsx", folder / "hangzhou-one-sheet.xlsx")

    figures = Figures(old)
    tables = tables_of(table_two(figures), table_three(figures), table_four(figures))
    sheets(folder / "yiyuan-sheet-a-table.xlsx", old, tables, "text", sums=False, hidden=True)

    figures = Figures(old, zero="/", totals=True)
    parts = report(old, tables_of(table_two(figures), table_three(figures, flat=True), table_four(figures)))
    one_sheet(scratch / "old.xlsx", parts, "number")
    convert(scratch / "old.xlsx", "xls", folder / "yiyuan-old-excel.xls")

    figures = Figures(new)
    tables = tables_of(table_two(figures), table_three(figures, split=True), table_four(figures))
    sheets(scratch / "open.xlsx", new, tables, "format", sums=True, hidden=True)
    convert(scratch / "open.xlsx", "ods", folder / "hangzhou-sheets.ods")


def more(folder):
    """One file for each way; a list of them: file, sample, zero, whether totals are printed."""
    made = []
    for name in (OLD, NEW):
        draft, stem = sample(name), name.split("-")[0]
        ways = {
            "plain": ({}, {}, {}),
            "zero-blank": ({"zero": ""}, {}, {}),
            "zero-slash": ({"zero": "/"}, {}, {}),
            "zero-dash": ({"zero": "-"}, {}, {}),
            "totals-blank": ({"totals": False}, {}, {}),
            "units": ({"units": True}, {}, {}),
            "thousands": ({"thousands": True}, {"broken": True}, {}),
            "not-merged": ({}, {"merged": False}, {}),
            "split-corner": ({}, {"split": True, "merged": False}, {}),
            "flat-heads": ({}, {"flat": True}, {}),
            "no-corner": ({}, {"corner": ""}, {}),
            "below": ({}, {"broken": True}, {"below": True}),
            "blank-below": ({"zero": "", "totals": False}, {"merged": False}, {"below": True}),
        }
        for way, (how, three, four) in ways.items():
            figures = Figures(draft, **how)
            remark = {} if way == "split-corner" else None
            tables = tables_of(table_two(figures, remark), table_three(figures, **three), table_four(figures, **four))
            zero, totals = how.get("zero", "0"), "totals" if how.get("totals", True) else "blank"
            files = {
                "docx": lambda path: docx(path, report(draft, tables), styled=way in ("plain", "below")),
                "text.xlsx": lambda path: one_sheet(path, report(draft, tables), "text"),
                "number.xlsx": lambda path: one_sheet(path, report(draft, tables, False), "format"),
                "tables.xlsx": lambda path: sheets(path, draft, tables, "number", sums=False),
                "html": lambda path: html(path, report(draft, tables)),
            }
            for ending, write in files.items():
                file = f"{stem}-{way}-{ending}" if "." in ending else f"{stem}-{way}.{ending}"
                write(folder / file)
                made.append("\t".join([file, name, zero, totals]))
    (folder / "made.tsv").write_text("\n".join(made) + "\n", encoding="utf-8")


if __name__ == "__main__":
    {"kept": kept, "more": more}[sys.argv[1]](Path(sys.argv[2]))
