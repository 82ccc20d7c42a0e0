import { city, streetWords } from './address';
import { email, isFreeMail, phone, webDomain } from './contact-point';
import { day } from './day';
import { namePart } from './person-name';
import { latin, words } from './text';

it.each([
  ['027-60605030转851', 'CN', '+862760605030'],
  ['(+33) 992605199', 'CN', '+33992605199'],
  ['0086-24-73080070', 'CN', '+862473080070'],
  ['020 7946 0958 ext. 12', 'GB', '+442079460958'],
  ['12345', 'CN', null],
  ['微信 wx', 'CN', null],
])('the number %s in %s is %s', (text, country, expected) => expect(phone(text, country)).toBe(expected));

it('tells an address by its domain where that is a company’s', () => {
  expect(email(' <Jane.Doe+crm@WWW.Example.com> ')).toEqual({ address: 'jane.doe@example.com', domain: 'example.com' });
  expect(email('no address')).toBeNull();
  expect(webDomain('https://www.example.com/shop?x=1')).toBe('example.com');
  expect(isFreeMail('protonmail.com', new Set())).toBe(true);
  expect(isFreeMail('qq.com', new Set(['qq.com']))).toBe(true);
  expect(isFreeMail('example.com', new Set(['qq.com']))).toBe(false);
});

it('brings streets and cities of several scripts together', () => {
  expect(streetWords('经三路603号')).toEqual(streetWords('No. 603, Jingsan Rd.'));
  expect(streetWords('Hauptstr. 93')).toEqual(['93', 'haupt', 'street']);
  expect(city('杭州市')).toBe('hangzhou');
  expect(city('St. James')).toBe('stjames');
});

it.each([
  ['1996-08-27', '19960827'],
  ['19960827', '19960827'],
  ['27.8.1996', '19960827'],
  ['August', null],
])('the day %s is %s', (text, expected) => expect(day(text)).toBe(expected));

it('writes any script in latin letters', () => {
  expect(latin('Łódź')).toBe('lodz');
  expect(latin('長城')).toBe('changcheng');
  expect(city('重慶市')).toBe('chongqing');
  expect(words('Ｓchäfer & Söhne, 3')).toEqual(['schafer', 'sohne', '3']);
  expect(namePart("Dr. O'Brien")).toBe('obrien');
});
