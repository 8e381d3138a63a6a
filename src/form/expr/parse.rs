//! Tokens of a rule to its syntax tree, by recursive descent.

use std::ops::Range;

use super::lex::{self, Token};
use super::{
    Binder, Cells, Domain, Item, Name, Operator, Part, Predicate, RuleText, SyntaxError, Term, Test, Value,
};

/// How deep brackets and `not` may nest; far beyond any rule, and short of the stack.
const MAX_DEPTH: usize = 64;

/// How many `and` and `or` a rule may have; a run of them is a tree as deep as it is long.
const MAX_JOINS: usize = 200;

/// What `for each` may run over, for messages.
const DOMAINS: &str = " rows、columns、inputs、facts 或 texts";

/// Parses one rule.
///
/// # Errors
/// The first mistake, with its bytes in `text`.
pub fn parse(text: &str) -> Result<RuleText, SyntaxError> {
    let tokens = lex::tokens(text)?;
    let mut parser = Parser { tokens: &tokens, next: 0, end: text.len(), depth: 0, joins: 0 };
    let rule = parser.rule()?;
    match parser.tokens.get(parser.next) {
        None => Ok(rule),
        Some((_, span)) => Err(error("规则到这里应当结束", span.clone())),
    }
}

/// Parses a sum of cells on its own.
///
/// # Errors
/// The first mistake, with its bytes in `text`.
pub fn parse_sum(text: &str) -> Result<Vec<Term>, SyntaxError> {
    let tokens = lex::tokens(text)?;
    let mut parser = Parser { tokens: &tokens, next: 0, end: text.len(), depth: 0, joins: 0 };
    let sum = parser.sum()?;
    match parser.tokens.get(parser.next) {
        None => Ok(sum),
        Some((_, span)) => Err(error("求和到这里应当结束", span.clone())),
    }
}

struct Parser<'a> {
    tokens: &'a [(Token, Range<usize>)],
    next: usize,
    end: usize,
    depth: usize,
    joins: usize,
}

type Parsed<T> = Result<T, SyntaxError>;

impl Parser<'_> {
    fn rule(&mut self) -> Parsed<RuleText> {
        let mut binders = Vec::new();
        if self.word("for") {
            self.keyword("each")?;
            loop {
                binders.push(self.binder()?);
                if !self.sign(",") {
                    break;
                }
            }
            self.expect(":")?;
        }
        let when = if self.word("when") {
            let test = self.test()?;
            self.expect(":")?;
            Some(test)
        } else {
            None
        };
        Ok(RuleText { binders, when, test: self.test()? })
    }

    fn binder(&mut self) -> Parsed<Binder> {
        let variable = self.name("变量名")?;
        self.keyword("in")?;
        let kind = self.name(DOMAINS)?;
        let domain = match kind.text.as_str() {
            "rows" => Domain::Rows,
            "columns" => Domain::Columns,
            "inputs" => Domain::Inputs,
            "facts" => Domain::Facts,
            "texts" => Domain::Texts,
            _ => return Err(error(&format!("这里应为{DOMAINS}"), kind.span)),
        };
        self.expect("(")?;
        let names =
            if self.sign("*") { Vec::new() } else { self.names("表名、封面项目名或部分名")? };
        self.expect(")")?;
        let except = if self.word("except") {
            self.expect("(")?;
            let names = self.names("行名或列名")?;
            self.expect(")")?;
            names
        } else {
            Vec::new()
        };
        Ok(Binder { variable, domain, names, except })
    }

    fn names(&mut self, what: &str) -> Parsed<Vec<Name>> {
        let mut names = vec![self.name(what)?];
        while self.sign(",") {
            names.push(self.name(what)?);
        }
        Ok(names)
    }

    fn test(&mut self) -> Parsed<Test> {
        let mut left = self.conjunction()?;
        while self.joined_by("or")? {
            left = Test::Or(Box::new(left), Box::new(self.conjunction()?));
        }
        Ok(left)
    }

    fn conjunction(&mut self) -> Parsed<Test> {
        let mut left = self.negation()?;
        while self.joined_by("and")? {
            left = Test::And(Box::new(left), Box::new(self.negation()?));
        }
        Ok(left)
    }

    fn joined_by(&mut self, word: &str) -> Parsed<bool> {
        let here = self.here();
        let joined = self.word(word);
        self.joins += usize::from(joined);
        if self.joins > MAX_JOINS {
            return Err(error(&format!("一条规则的条件过多，最多用{MAX_JOINS}个 and、or"), here));
        }
        Ok(joined)
    }

    fn negation(&mut self) -> Parsed<Test> {
        if self.depth >= MAX_DEPTH {
            return Err(error("规则嵌套过深", self.here()));
        }
        self.depth += 1;
        let test = if self.word("not") {
            Test::Not(Box::new(self.negation()?))
        } else if self.sign("(") {
            let inner = self.test()?;
            self.expect(")")?;
            inner
        } else {
            self.claim()?
        };
        self.depth -= 1;
        Ok(test)
    }

    fn claim(&mut self) -> Parsed<Test> {
        for (word, predicate) in
            [("filled", Predicate::Filled), ("valid", Predicate::Valid), ("whole", Predicate::Whole)]
        {
            if self.word(word) {
                self.expect("(")?;
                let item = self.item()?;
                self.expect(")")?;
                return Ok(Test::Is(predicate, item));
            }
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed<Test> {
        let start = self.here().start;
        let left = self.sum()?;
        let operator = self.operator()?;
        let right = self.sum()?;
        let within = if self.word("within") { Some(self.number()?) } else { None };
        Ok(Test::Compare { left, operator, right, within, span: start..self.behind() })
    }

    fn operator(&mut self) -> Parsed<Operator> {
        for (sign, operator) in [
            ("=", Operator::Equal),
            ("!=", Operator::Unequal),
            ("<=", Operator::AtMost),
            ("<", Operator::Less),
            (">=", Operator::AtLeast),
            (">", Operator::Greater),
        ] {
            if self.sign(sign) {
                return Ok(operator);
            }
        }
        Err(error("这里应为比较号：=、!=、<、<=、>、>=", self.here()))
    }

    fn sum(&mut self) -> Parsed<Vec<Term>> {
        let mut terms = vec![Term { negative: self.sign("-"), value: self.value()? }];
        loop {
            let negative = if self.sign("+") {
                false
            } else if self.sign("-") {
                true
            } else {
                return Ok(terms);
            };
            terms.push(Term { negative, value: self.value()? });
        }
    }

    fn value(&mut self) -> Parsed<Value> {
        if matches!(self.peek(), Some(Token::Number(_))) {
            return Ok(Value::Number(self.number()?));
        }
        if self.word("sum") {
            self.expect("(")?;
            let cells = self.cells(true)?;
            self.expect(")")?;
            return Ok(Value::Sum(cells));
        }
        if self.word("cover") {
            self.expect(".")?;
            let fact = self.name("封面项目名")?;
            let value = if self.sign(".") { Some(self.name("选项的数值名")?) } else { None };
            return Ok(Value::Fact { fact, value });
        }
        Ok(Value::Sum(self.cells(false)?))
    }

    fn item(&mut self) -> Parsed<Item> {
        if self.word("cover") {
            self.expect(".")?;
            return Ok(Item::Fact(self.name("封面项目名")?));
        }
        if self.word("text") {
            self.expect(".")?;
            return Ok(Item::Text(self.name("部分名")?));
        }
        Ok(Item::Cells(self.cells(true)?))
    }

    fn cells(&mut self, many: bool) -> Parsed<Cells> {
        let start = self.here().start;
        if let Some(variable) = self.variable() {
            return Ok(Cells::Variable(variable));
        }
        let table = self.name("表名、数字或变量")?;
        self.expect(".")?;
        let rows = self.part()?;
        self.expect(".")?;
        let columns = self.part()?;
        Ok(Cells::Block { table, rows, columns, many, span: start..self.behind() })
    }

    fn part(&mut self) -> Parsed<Part> {
        if self.sign("*") {
            return Ok(Part::All);
        }
        if let Some(variable) = self.variable() {
            return Ok(Part::Variable(variable));
        }
        let from = self.name("行名、列名、变量或 *")?;
        if self.sign("..") {
            Ok(Part::Range(from, self.name("行名或列名")?))
        } else {
            Ok(Part::One(from))
        }
    }

    fn variable(&mut self) -> Option<Name> {
        let (Token::Variable(text), span) = self.tokens.get(self.next)? else { return None };
        self.next += 1;
        Some(Name { text: text.clone(), span: span.clone() })
    }

    fn number(&mut self) -> Parsed<Name> {
        match self.tokens.get(self.next) {
            Some((Token::Number(text), span)) => {
                self.next += 1;
                Ok(Name { text: text.clone(), span: span.clone() })
            }
            _ => Err(error("这里应为数字", self.here())),
        }
    }

    fn name(&mut self, what: &str) -> Parsed<Name> {
        match self.tokens.get(self.next) {
            Some((Token::Name(text), span)) => {
                self.next += 1;
                Ok(Name { text: text.clone(), span: span.clone() })
            }
            _ => Err(error(&format!("这里应为{what}"), self.here())),
        }
    }

    fn keyword(&mut self, word: &str) -> Parsed<()> {
        if self.word(word) { Ok(()) } else { Err(error(&format!("这里应为 {word}"), self.here())) }
    }

    fn expect(&mut self, sign: &'static str) -> Parsed<()> {
        if self.sign(sign) { Ok(()) } else { Err(error(&format!("这里应为“{sign}”"), self.here())) }
    }

    /// Takes the next token if it is this word.
    fn word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Name(text)) if text == word);
        self.next += usize::from(found);
        found
    }

    /// Takes the next token if it is this sign.
    fn sign(&mut self, sign: &'static str) -> bool {
        let found = self.peek() == Some(&Token::Sign(sign));
        self.next += usize::from(found);
        found
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    /// Bytes of the next token, or the end of the rule.
    fn here(&self) -> Range<usize> {
        self.tokens.get(self.next).map_or(self.end..self.end, |(_, span)| span.clone())
    }

    /// The end of the last token taken.
    fn behind(&self) -> usize {
        self.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |(_, span)| span.end)
    }
}

fn error(message: &str, span: Range<usize>) -> SyntaxError {
    SyntaxError { message: message.to_owned(), span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_balance_relation_has_two_sides() {
        let rule = parse("for each c in columns(requests): requests.received.$c + requests.carried_in.$c = requests.outcome_total.$c + requests.carried_out.$c").unwrap();
        assert_eq!(rule.binders.len(), 1);
        let Test::Compare { left, operator, right, .. } = rule.test else { panic!("a comparison") };
        assert_eq!((left.len(), operator, right.len()), (2, Operator::Equal, 2));
    }

    #[test]
    fn conditions_ranges_and_tolerance_are_understood() {
        let rule = parse(
            "when cover.level.makes_regulations = 0: not (sum(t.a..b.*) > 1.5 within 0.01 and filled(text.x)) or whole($y)",
        )
        .unwrap();
        assert!(rule.when.is_some());
        assert!(matches!(rule.test, Test::Or(..)));
    }

    #[test]
    fn mistakes_have_a_sentence_and_a_place() {
        let cases = [
            ("for every c in rows(t): 1 = 1", "这里应为 each", 4..9),
            ("t.a.b + = 1", "这里应为表名、数字或变量", 8..9),
            ("t.a.b 1", "这里应为比较号：=、!=、<、<=、>、>=", 6..7),
            ("t.a.b = 1)", "规则到这里应当结束", 9..10),
            ("t.a.b = “1”", "规则中不能有““”", 8..11),
            ("", "这里应为表名、数字或变量", 0..0),
        ];
        for (text, message, span) in cases {
            let error = parse(text).unwrap_err();
            assert_eq!((error.message.as_str(), error.span), (message, span), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_not_followed() {
        let text = format!("{}1 = 1{}", "(".repeat(100_000), ")".repeat(100_000));
        assert_eq!(parse(&text).unwrap_err().message, "规则嵌套过深");
    }

    #[test]
    fn a_long_run_of_conditions_is_refused_and_not_made_a_deep_tree() {
        for word in ["or", "and"] {
            let long = |joins: usize| format!("t.a.b = 1{}", format!(" {word} t.a.b = 2").repeat(joins));
            assert!(parse(&long(MAX_JOINS)).is_ok());
            let error = parse(&long(100_000)).unwrap_err();
            assert_eq!(error.message, "一条规则的条件过多，最多用200个 and、or");
            assert_eq!(&long(MAX_JOINS + 1)[error.span], word);
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in "[a-c$.*=<>!+,:() 0-9一]{0,40}") {
            if let Err(error) = parse(&text) {
                prop_assert!(error.span.start <= error.span.end && error.span.end <= text.len());
                prop_assert!(text.get(error.span).is_some());
            }
        }
    }
}
