"""Half a form is written, the browser closed: everything is offered again, picked names too."""

from browser.walks.walking import Walker
from playwright.sync_api import expect

from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint


def test_a_draft_brings_back_what_was_picked(walker: Walker, shipment):
    open_complaint(Story(shipment))
    walker.becomes("丁一鸣")
    walker.opens_from_the_desk("填表")
    words = {"客户要求": "退货", "要求退换数量": "10", "客诉理由已确认": True, "确认人": "章立新"}
    walker.fills("业务部门填报", {**words, "业务签注意见": "写到一半"})
    walker.page.wait_for_timeout(700)
    walker.page.reload()
    walker.page.click("text=恢复草稿")
    form = walker.form("业务部门填报")
    expect(form.locator(".ts-control .item")).to_contain_text("章立新")
    expect(form.get_by_label("业务签注意见")).to_have_value("写到一半")
    expect(form.get_by_label("要求退换数量")).to_have_value("10")
