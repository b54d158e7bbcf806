"""Plans for files of customers, contacts and products."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org.models import Person
from shouwen.work.customers import actions as customers
from shouwen.work.customers import phones, rules
from shouwen.work.customers.drafts import ContactDraft, CustomerDraft, ProductDraft, code, tidy
from shouwen.work.customers.importing.checking import Numbered
from shouwen.work.customers.importing.rows import ContactRow, CustomerRow, ProductRow
from shouwen.work.customers.models import Contact, Customer, Product

from .planning import Plan, Planned, Run, Salespeople, Setting, compared, merged, once


def plan_customers(rows: Sequence[Numbered[CustomerRow]], setting: Setting) -> Plan:
    """Customers by code."""
    plan = Plan()
    salespeople = Salespeople(setting)
    codes = {code(row.values.code) for row in rows}
    known = Customer.objects.filter(division=setting.division, code__in=codes)
    existing = {one.code: one for one in known.select_related("salesperson")}
    for row in once(plan, rows, "code"):
        given = row.given
        if not salespeople.pick(plan, row.number, given):
            continue
        record = existing.get(code(row.values.code))
        draft = merged(CustomerDraft, record, given)
        if plan.refused(row.number, rules.why_not_customer(draft), {}):
            continue
        act, changes = compared(record, draft)
        label = f"{draft.code} {draft.name_zh}"
        run = _customer_run(record, draft, setting)
        plan.planned.append(Planned((row.number,), act, label, changes, run))
    return plan


def _customer_run(record: Customer | None, draft: CustomerDraft, setting: Setting) -> Run:
    if record is None:
        return lambda by, at: customers.create_customer(setting.division, draft, by=by, at=at)
    return lambda by, at: customers.change_customer(record, draft, by=by, at=at)


def plan_products(rows: Sequence[Numbered[ProductRow]], setting: Setting) -> Plan:
    """Products by part number."""
    plan = Plan()
    parts = {code(row.values.part_number) for row in rows}
    known = Product.objects.filter(division=setting.division, part_number__in=parts)
    existing = {one.part_number: one for one in known}
    for row in once(plan, rows, "part_number"):
        record = existing.get(code(row.values.part_number))
        draft = merged(ProductDraft, record, row.given)
        if plan.refused(row.number, rules.why_not_product(draft), {}):
            continue
        act, changes = compared(record, draft)
        label = f"{draft.part_number} {draft.name_zh}"
        run = _product_run(record, draft, setting)
        plan.planned.append(Planned((row.number,), act, label, changes, run))
    return plan


def _product_run(record: Product | None, draft: ProductDraft, setting: Setting) -> Run:
    if record is None:
        return lambda by, at: customers.create_product(setting.division, draft, by=by, at=at)
    return lambda by, at: customers.change_product(record, draft, by=by, at=at)


def plan_contacts(rows: Sequence[Numbered[ContactRow]], setting: Setting) -> Plan:
    """Contacts of known customers by name; namesakes are told apart by telephone."""
    plan = Plan()
    codes = {code(row.values.code) for row in rows}
    found = Customer.objects.filter(division=setting.division, code__in=codes)
    owners = {one.code: one for one in found}
    kept = []
    for row in once(plan, rows, "code", "name", "phone"):
        if code(row.values.code) in owners:
            kept.append(row)
        else:
            plan.fault(row.number, "code", N_("没有客户“%(code)s”"), code=row.values.code)
    mains = _mains(plan, kept)
    matched = _matched(plan, kept, owners)
    for row in kept:
        if row.number in matched:
            owner = owners[code(row.values.code)]
            _plan_contact(plan, row, owner, matched[row.number], mains[owner.code])
    return plan


def _mains(plan: Plan, rows: list[Numbered[ContactRow]]) -> dict[str, int]:
    """By customer, the row that names the main contact; 0 for none, a second one is a fault."""
    mains: dict[str, int] = defaultdict(int)
    for row in rows:
        owner = code(row.values.code)
        if row.values.main and mains[owner]:
            message = N_("第 %(first)s 行已是这个客户的首要联系人")
            plan.fault(row.number, "main", message, first=mains[owner])
        elif row.values.main:
            mains[owner] = row.number
    return mains


def _matched(
    plan: Plan, rows: list[Numbered[ContactRow]], owners: dict[str, Customer]
) -> dict[int, Contact | None]:
    """By row, the contact it means: first by telephone, then by a name only one bears."""
    namesakes: dict[tuple[str, str], list[Contact]] = defaultdict(list)
    for one in Contact.objects.filter(customer__in=owners.values()).select_related("customer"):
        namesakes[one.customer.code, one.name].append(one)
    found: dict[int, Contact | None] = {}
    for row in rows:
        alike = namesakes[_who(row)]
        number = phones.read(row.values.phone) if row.values.phone else None
        same = [one for one in alike if number and number.key in (one.phone_key, one.other_key)]
        if same:
            found[row.number] = same[0]
            alike.remove(same[0])
    for row in rows:
        alike = namesakes[_who(row)]
        if row.number in found:
            continue
        if len(alike) > 1:
            plan.fault(row.number, "name", N_("有几位同名联系人，请填已有的电话以便区分"))
        else:
            found[row.number] = alike.pop() if alike else None
    return found


def _who(row: Numbered[ContactRow]) -> tuple[str, str]:
    return code(row.values.code), tidy(row.values.name)


def _plan_contact(
    plan: Plan, row: Numbered[ContactRow], owner: Customer, record: Contact | None, main: int
) -> None:
    given = row.given
    if main and main != row.number:
        given["main"] = False
    draft = merged(ContactDraft, record, given)
    if plan.refused(row.number, rules.why_not_contact(draft), {}):
        return
    act, changes = compared(record, draft)
    run = _contact_run(record, draft, owner)
    label = f"{owner.code} {draft.name}"
    plan.planned.append(Planned((row.number,), act, label, changes, run))


def _contact_run(record: Contact | None, draft: ContactDraft, owner: Customer) -> Run:
    if record is None:
        return lambda by, at: customers.create_contact(owner, draft, by=by, at=at)

    def change(by: Person | None, at: datetime) -> bool:
        record.refresh_from_db()  # the new main contact may have changed this one a row above
        return customers.change_contact(record, draft, by=by, at=at)

    return change
