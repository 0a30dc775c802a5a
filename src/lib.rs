//! rolelint reads who is Product Manager and who is Product Owner, and what each answers for, and says where
//! the two are mixed up, missing or overloaded.
//!
//! Text flows one way through the rooms of this crate: [`text`], [`syntax`], [`catalog`], [`markdown`], [`recognize`], [`spec`],
//! [`workspace`], [`rules`], [`report`], [`convert`], [`ide`], [`server`], [`cli`]. Nothing flows back.

pub mod catalog;
pub mod cli;
pub mod convert;
pub mod ide;
pub mod markdown;
pub mod recognize;
pub mod report;
pub mod rules;
pub mod server;
pub mod spec;
pub mod syntax;
pub mod text;
pub mod workspace;
