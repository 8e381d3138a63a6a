use rust_xlsxwriter::{ExcelDateTime, Format as Look, Formula, Note, Workbook, Worksheet};

use super::*;

fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

fn lines(bytes: &[u8]) -> Vec<String> {
    drawn(&read(bytes, Format::Xlsx).unwrap())
}

#[test]
fn values_are_read_as_people_see_them() {
    let bytes = book(|sheet| {
        let day = ExcelDateTime::from_ymd(2021, 3, 5).unwrap();
        sheet.write(0, 0, "项目").unwrap();
        sheet.write(0, 1, 12.0).unwrap();
        sheet.write(0, 2, 7_730.280_000_000_001).unwrap();
        sheet.write_with_format(0, 3, 0.339_1, &Look::new().set_num_format("0%")).unwrap();
        sheet.write_with_format(0, 4, &day, &Look::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"")).unwrap();
        sheet.write(0, 5, true).unwrap();
        sheet.write(0, 6, Formula::new("=SUM(B1:C1)").set_result("7742.28")).unwrap();
        sheet.write(0, 7, Formula::new("=#REF!").set_result("#REF!")).unwrap();
        sheet.write(0, 8, "两\n行").unwrap();
    });
    let document = read(&bytes, Format::Xlsx).unwrap();
    assert_eq!(drawn(&document), ["项目|12|7730.28|33.91%|2021-03-05|TRUE|7742.28|#REF!|两\n行"]);
    let Block::Table(table) = &document.blocks[0] else { panic!() };
    let computed: Vec<_> = table.cells().iter().map(|cell| cell.computed).collect();
    assert_eq!(computed, [false, false, false, false, false, false, true, true, false]);
    assert_eq!(table.cells()[2].at.to_string(), "工作表“Sheet1”C1");
}

#[test]
fn tables_and_prose_of_one_sheet_are_told_apart() {
    let bytes = book(|sheet| {
        sheet.set_name("公开").unwrap();
        let look = Look::new();
        sheet.merge_range(0, 0, 0, 3, "年度报告", &look).unwrap();
        sheet.write(1, 0, "一、总体情况").unwrap();
        sheet.write(2, 0, "全年共公开信息12条。").unwrap();
        sheet.merge_range(4, 0, 4, 3, "第二十条第（一）项", &look).unwrap();
        for (column, text) in ["信息内容", "制发", "废止", "有效"].into_iter().enumerate() {
            sheet.write(5, column as u16, text).unwrap();
        }
        sheet.write(6, 0, "规章").unwrap();
        sheet.merge_range(7, 0, 7, 3, "第二十条第（五）项", &look).unwrap();
        sheet.write(8, 0, "信息内容").unwrap();
        sheet.merge_range(8, 1, 8, 3, "处理决定", &look).unwrap();
        sheet.write(9, 0, "行政许可").unwrap();
        sheet.merge_range(9, 1, 9, 3, "", &look).unwrap();
        sheet.write(9, 1, 7).unwrap();
        sheet.write(10, 0, "以上数据由各科室提供，已经核对。").unwrap();
        sheet.write(13, 1, "单位").unwrap();
        sheet.write(13, 2, "某局").unwrap();
    });
    let found = lines(&bytes);
    assert_eq!(
        found,
        [
            "Caption 公开",
            "Body 年度报告",
            "Body 一、总体情况",
            "Body 全年共公开信息12条。",
            "第二十条第（一）项",
            "信息内容|制发|废止|有效",
            "规章|||",
            "第二十条第（五）项",
            "信息内容|处理决定",
            "行政许可|7",
            "Body 以上数据由各科室提供，已经核对。",
            "单位|某局",
        ]
    );
}

#[test]
fn labels_without_figures_stay_in_their_table() {
    let bytes = book(|sheet| {
        let look = Look::new();
        sheet.merge_range(0, 0, 1, 1, "项目", &look).unwrap();
        sheet.merge_range(0, 2, 0, 3, "申请人", &look).unwrap();
        sheet.write(1, 2, "自然人").unwrap();
        sheet.write(1, 3, "企业").unwrap();
        sheet.merge_range(2, 0, 2, 1, "一、新收", &look).unwrap();
        sheet.merge_range(3, 0, 4, 0, "三、结果", &look).unwrap();
        sheet.write(3, 1, "（一）公开").unwrap();
        sheet.write(4, 1, "（二）部分").unwrap();
    });
    let document = read(&bytes, Format::Xlsx).unwrap();
    let Block::Table(table) = &document.blocks[0] else { panic!("{:?}", drawn(&document)) };
    assert_eq!((document.blocks.len(), table.rows(), table.columns()), (1, 5, 4));
    let corner = table.cell(0, 0).unwrap();
    assert_eq!((corner.rows, corner.columns), (2, 2));
    assert_eq!(table.cell(4, 0).unwrap().text, "三、结果");
}

#[test]
fn what_is_hidden_or_left_out_is_noted() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "正文").unwrap();
    let hidden = workbook.add_worksheet();
    hidden.set_name("底稿").unwrap().set_hidden(true);
    hidden.write(0, 0, "旧数").unwrap();
    hidden.write(0, 1, 5).unwrap();
    let document = read(&workbook.save_to_buffer().unwrap(), Format::Xlsx).unwrap();
    assert_eq!(drawn(&document), ["Body 正文", "Caption 底稿", "旧数|5"]);
    assert!(document.doubts[0].message.contains("“底稿”是隐藏的"), "{:?}", document.doubts);
}

/// What people write beside cells, blank ones and merged ones too.
#[test]
fn comments_stand_beside_their_cells() {
    let bytes = book(|sheet| {
        let note = |text: &str| Note::new(text).set_author("办公室");
        sheet.write(0, 0, "年度报告").unwrap();
        sheet.insert_note(0, 0, &note("初稿")).unwrap();
        sheet.write(2, 0, "规章").unwrap();
        sheet.write(2, 1, 3).unwrap();
        sheet.insert_note(2, 1, &note("其中修订1件\n已备案")).unwrap();
        sheet.insert_note(2, 2, &note("没有数据")).unwrap();
        sheet.write(2, 3, 5).unwrap();
        sheet.merge_range(3, 0, 3, 3, "合计", &Look::new()).unwrap();
        sheet.insert_note(3, 0, &note("两行之和")).unwrap();
        sheet.insert_note(9, 9, &note("旁边的话")).unwrap();
    });
    let document = read(&bytes, Format::Xlsx).unwrap();
    assert_eq!(drawn(&document), ["Body 年度报告", "规章|3||5", "合计"]);
    let Block::Table(table) = &document.blocks[1] else { panic!() };
    let remarks: Vec<_> = table.cells().iter().map(|cell| cell.remark.as_str()).collect();
    assert_eq!(remarks, ["", "其中修订1件\n已备案", "没有数据", "", "两行之和"]);
    let lost: Vec<_> = document.lost.iter().map(|lost| format!("{} {}", lost.at, lost.what)).collect();
    assert_eq!(lost, ["工作表“Sheet1”A1 表格之外的批注“初稿”", "工作表“Sheet1”J10 表格之外的批注“旁边的话”"]);
}

#[test]
fn comments_of_open_documents_are_read_without_who_and_when() {
    let remark = "<office:annotation><dc:creator>办公室</dc:creator><dc:date>2026-01-05</dc:date>\
        <text:p>其中修订</text:p><text:p>1件</text:p></office:annotation>";
    let bytes = hostile::ods(&format!(
        "<table:table-row><table:table-cell><text:p>规章</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"float\" office:value=\"3\">{remark}<text:p>3</text:p></table:table-cell>\
         </table:table-row>"
    ));
    let document = read(&bytes, Format::Ods).unwrap();
    assert_eq!(drawn(&document), ["Caption 表", "规章|3"]);
    let Block::Table(table) = &document.blocks[1] else { panic!() };
    assert_eq!(table.cells()[1].remark, "其中修订\n1件");
    assert!(document.lost.is_empty(), "{:?}", document.lost);
}

#[test]
fn marks_of_gouji_mean_nothing_in_files_of_others() {
    let bytes = book(|sheet| {
        let look = Look::new().set_font_name("黑体").set_font_size(14);
        sheet.write_with_format(0, 0, "一、总体情况", &look).unwrap();
        sheet.write(1, 0, "（表见工作表“Sheet1”）").unwrap();
    });
    assert_eq!(lines(&bytes), ["Body 一、总体情况", "Body （表见工作表“Sheet1”）"]);
}

#[test]
fn tables_side_by_side_are_two() {
    let bytes = book(|sheet| {
        sheet.write(0, 0, "一、甲").unwrap();
        sheet.write(0, 3, "二、乙").unwrap();
        for (row, texts) in [["项目", "数"], ["规章", "3"], ["许可", ""]].iter().enumerate() {
            sheet.write(row as u32 + 1, 0, texts[0]).unwrap();
            sheet.write(row as u32 + 1, 1, texts[1]).unwrap();
            sheet.write(row as u32 + 1, 3, texts[0]).unwrap();
            sheet.write(row as u32 + 1, 4, "9").unwrap();
        }
        // A single column beside a table is no table.
        sheet.write(6, 0, "项目").unwrap();
        sheet.write(6, 1, "数").unwrap();
        sheet.write(6, 3, "校验").unwrap();
        sheet.write(7, 0, "规章").unwrap();
        sheet.write(7, 1, "3").unwrap();
        sheet.write(7, 3, "0").unwrap();
    });
    let expected = [
        "Body 一、甲",
        "项目|数",
        "规章|3",
        "许可|",
        "Body 二、乙",
        "项目|9",
        "规章|9",
        "许可|9",
        "项目|数||校验",
        "规章|3||0",
    ];
    assert_eq!(lines(&bytes), expected);
}

#[test]
fn blank_rows_belong_to_the_table_around_them() {
    let border = Look::new().set_border(rust_xlsxwriter::FormatBorder::Thin);
    let bytes = book(|sheet| {
        let rows =
            [["项目", "甲", "乙"], ["规章", "1", "2"], ["", "", ""], ["许可", "", ""], ["收费", "", "4"]];
        for (row, texts) in rows.iter().enumerate() {
            for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                sheet.write(row as u32, column as u16, *text).unwrap();
            }
        }
        for column in 0..3 {
            sheet.write_blank(5, column, &border).unwrap();
        }
        sheet.write(6, 0, "三、下一部分").unwrap();
        sheet.write(8, 0, "项目").unwrap();
        sheet.write(8, 1, "甲").unwrap();
        sheet.write(9, 0, "别的").unwrap();
        sheet.write(9, 1, "5").unwrap();
    });
    let document = read(&bytes, Format::Xlsx).unwrap();
    let expected =
        ["项目|甲|乙", "规章|1|2", "||", "许可||", "收费||4", "||", "Body 三、下一部分", "项目|甲", "别的|5"];
    assert_eq!(drawn(&document), expected);
    assert_eq!(document.blocks.len(), 3);
}
