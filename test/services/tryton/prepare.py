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
from trytond.modules.account.tests.tools import create_chart, create_fiscalyear, get_accounts

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


def make_accounting():
    create_chart()
    year = create_fiscalyear()
    InvoiceSequence = Model.get('ir.sequence.strict')
    SequenceType = Model.get('ir.sequence.type')
    invoice_type, = SequenceType.find([('name', '=', 'Invoice')], limit=1)
    sequence = InvoiceSequence(name=year.name, sequence_type=invoice_type, company=year.company)
    sequence.save()
    numbers = year.invoice_sequences[0]
    numbers.in_invoice_sequence = numbers.in_credit_note_sequence = sequence
    numbers.out_invoice_sequence = numbers.out_credit_note_sequence = sequence
    year.save()
    year.click('create_period')
    return get_accounts()


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


def make_customers(accounts):
    Party = Model.get('party.party')
    for code, name in CUSTOMERS:
        party = Party(code=code, name=name)
        party.account_receivable = accounts['receivable']
        party.save()


def make_limited_user():
    with open(os.environ['TRYTONPASSFILE'], encoding='utf-8') as password_file:
        password = password_file.read().strip()
    Model.get('res.user')(name='Limited', login='limited', password=password).save()


config_file, database = sys.argv[1:]
settings = config.set_trytond(database, config_file=config_file)
make_company(make_currency())
make_customers(make_accounting())
make_terms()
make_categories()
make_limited_user()
