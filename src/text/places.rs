use super::Span;

/// What lies in a text, all of its places known, so that it can move when text before it changes.
pub trait Places {
    /// Gives `each` every place in it.
    fn places(&mut self, each: &mut impl FnMut(&mut Span));
}

impl Places for Span {
    fn places(&mut self, each: &mut impl FnMut(&mut Span)) {
        each(self);
    }
}

impl<T: Places> Places for Option<T> {
    fn places(&mut self, each: &mut impl FnMut(&mut Span)) {
        if let Some(one) = self {
            one.places(each);
        }
    }
}

impl<T: Places> Places for Vec<T> {
    fn places(&mut self, each: &mut impl FnMut(&mut Span)) {
        for one in self {
            one.places(each);
        }
    }
}

/// A value with its place.
impl<T> Places for (T, Span) {
    fn places(&mut self, each: &mut impl FnMut(&mut Span)) {
        each(&mut self.1);
    }
}
