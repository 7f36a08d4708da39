//! Blocked Cholesky factorisation: nearly all of its work is matrix products, which are many times as fast as working column by column
//! (Golub & Van Loan 2013, *Matrix computations*, § 4.2.9).

use nalgebra::{DMatrix, DVector};

/// Columns per block.
const BLOCK: usize = 48;

/// Lower triangular factor of a symmetric positive definite matrix.
#[derive(Clone, Debug)]
pub(in crate::forecast) struct Factor(DMatrix<f64>);

impl Factor {
    /// The factor; `None` if the matrix is not positive definite. Only its lower triangle is read.
    pub(in crate::forecast) fn of(mut matrix: DMatrix<f64>) -> Option<Self> {
        let size = matrix.nrows();
        for from in (0..size).step_by(BLOCK) {
            let (width, to) = block(from, size);
            let corner = matrix.view((from, from), (width, width)).into_owned().cholesky()?.unpack();
            matrix.view_mut((from, from), (width, width)).copy_from(&corner);
            let mut across = matrix.view((to, from), (size - to, width)).transpose();
            corner.solve_lower_triangular_mut(&mut across);
            let below = across.transpose();
            matrix.view_mut((to, from), (size - to, width)).copy_from(&below);
            for column in (to..size).step_by(BLOCK) {
                let (width, _) = block(column, size);
                let mut rest = matrix.view_mut((column, column), (size - column, width));
                rest.gemm(-1.0, &below.rows(column - to, size - column), &across.columns(column - to, width), 1.0);
            }
        }
        matrix.fill_upper_triangle(0.0, 1);
        Some(Self(matrix))
    }

    /// The inverse of the factor times a matrix.
    pub(in crate::forecast) fn halfway(&self, mut right: DMatrix<f64>) -> DMatrix<f64> {
        let (size, columns) = right.shape();
        for from in (0..size).step_by(BLOCK) {
            let (width, to) = block(from, size);
            let mut part = right.rows(from, width).into_owned();
            self.0.view((from, from), (width, width)).solve_lower_triangular_mut(&mut part);
            right.rows_mut(from, width).copy_from(&part);
            let mut rest = right.view_mut((to, 0), (size - to, columns));
            rest.gemm(-1.0, &self.0.view((to, from), (size - to, width)), &part, 1.0);
        }
        right
    }

    /// The inverse of the matrix times a vector.
    pub(in crate::forecast) fn solve(&self, right: &DVector<f64>) -> DVector<f64> {
        let mut solution = right.clone();
        self.0.solve_lower_triangular_mut(&mut solution);
        self.0.tr_solve_lower_triangular_mut(&mut solution);
        solution
    }
}

/// Width of the block that begins at a column, and the first column after it.
fn block(from: usize, size: usize) -> (usize, usize) {
    let width = BLOCK.min(size - from);
    (width, from + width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn a_factor_by_blocks_solves_systems_of_every_size() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        for size in [1, 2, 47, 48, 49, 96, 131] {
            let root = DMatrix::from_fn(size, size, |_, _| random.random::<f64>() - 0.5);
            let matrix = &root * root.transpose() + DMatrix::identity(size, size);
            let right = DVector::from_fn(size, |_, _| random.random::<f64>());
            let factor = Factor::of(matrix.clone()).unwrap();
            assert!((&matrix * factor.solve(&right) - &right).amax() < 1e-10, "{size}");
            let half = factor.halfway(DMatrix::identity(size, size));
            assert!((half.transpose() * half * &matrix - DMatrix::identity(size, size)).amax() < 1e-10, "{size}");
        }
        assert!(Factor::of(DMatrix::from_element(60, 60, -1.0)).is_none());
    }
}
