"""Fills a fresh Tryton database with what the adapter's live tests need.

Usage: prepare.py CONFIG DATABASE

A company in CNY with a chart of accounts and a fiscal year, customers with codes, payment terms, categories for
credit grades, and a user who may not change parties.
"""
import datetime
import decimal
import os
import sys

from proteus import Model, Wizard, config

CUSTOMERS = [
    ('C0001', '江苏华讯电子有限公司'),
    ('C0002', 'Nanjing Precision Tools Ltd.'),
    ('C0003', '上海远航贸易有限公司'),
    ('C0004', 'Hafen Logistik GmbH'),
    ('C0005', '北京新材料股份有限公司'),
    ('C0006', 'Café Lumière & Fils'),
]
TERMS = [('Cash', 0), ('Net 15', 15), ('Net 30', 30), ('Net 45', 45), ('Net 60', 60), ('Net 90', 90)]
CATEGORIES = ['Credit A', 'Credit B', 'Credit C', 'Credit D', 'Credit E', 'Credit Hold', 'Wholesale']


def make_currency():
    Currency = Model.get('currency.currency')
    currency = Currency(name='Yuan Renminbi', symbol='¥', code='CNY', digits=2)
    # The default date of a rate is today; an old one holds for every document.
    currency.rates.new(date=datetime.date(2000, 1, 1), rate=decimal.Decimal('1'))
    currency.save()
    return currency


def make_company(currency):
    Party = Model.get('party.party')
    party = Party(name='Syncline Test Company')
    party.save()
    wizard = Wizard('company.company.config')
    wizard.execute('company')
    wizard.form.party = party
    wizard.form.currency = currency
    wizard.execute('add')
    settings._context = Model.get('res.user').get_preferences(True, {})


def find_account(kind):
    account, = Model.get('account.account').find([('type.' + kind, '=', True)], limit=1)
    return account


def make_chart(company):
    data, = Model.get('ir.model.data').find(
        [('module', '=', 'account'), ('fs_id', '=', 'account_template_root_en')], limit=1)
    wizard = Wizard('account.create_chart')
    wizard.execute('account')
    wizard.form.account_template = Model.get('account.account.template')(data.db_id)
    wizard.form.company = company
    wizard.execute('create_account')
    wizard.form.account_receivable = find_account('receivable')
    wizard.form.account_payable = find_account('payable')
    wizard.execute('create_properties')


def make_sequence(model, type_name, name, company):
    kind, = Model.get('ir.sequence.type').find([('name', '=', type_name)], limit=1)
    sequence = Model.get(model)(name=name, sequence_type=kind, company=company)
    sequence.save()
    return sequence


def make_fiscal_year(company):
    today = datetime.date.today()
    year = Model.get('account.fiscalyear')(name=str(today.year), company=company)
    year.start_date = datetime.date(today.year, 1, 1)
    year.end_date = datetime.date(today.year, 12, 31)
    year.post_move_sequence = make_sequence('ir.sequence', 'Account Move', year.name, company)
    invoices = make_sequence('ir.sequence.strict', 'Invoice', year.name, company)
    numbers, = year.invoice_sequences
    numbers.out_invoice_sequence = numbers.out_credit_note_sequence = invoices
    numbers.in_invoice_sequence = numbers.in_credit_note_sequence = invoices
    year.save()
    year.click('create_period')


def make_terms():
    PaymentTerm = Model.get('account.invoice.payment_term')
    for name, days in TERMS:
        term = PaymentTerm(name=name)
        line = term.lines.new(type='remainder')
        line.relativedeltas.new(days=days)
        term.save()


def make_categories():
    Category = Model.get('party.category')
    for name in CATEGORIES:
        Category(name=name).save()


def make_customers():
    for code, name in CUSTOMERS:
        Model.get('party.party')(code=code, name=name).save()


def make_limited_user():
    with open(os.environ['TRYTONPASSFILE'], encoding='utf-8') as password_file:
        password = password_file.read().strip()
    Model.get('res.user')(name='Limited', login='limited', password=password).save()


config_file, database = sys.argv[1:]
settings = config.set_trytond(database, config_file=config_file)
make_company(make_currency())
company, = Model.get('company.company').find()
make_chart(company)
make_fiscal_year(company)
make_customers()
make_terms()
make_categories()
make_limited_user()
