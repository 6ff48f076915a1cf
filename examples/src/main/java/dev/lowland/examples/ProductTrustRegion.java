package dev.lowland.examples;

import dev.lowland.autodiff.function.ScalarFunction;
import org.ddogleg.optimization.trustregion.ConfigTrustRegion;
import org.ddogleg.optimization.trustregion.TrustRegionBase_F64;
import org.ddogleg.optimization.trustregion.TrustRegionUpdateDogleg_F64;
import org.ejml.data.DMatrixRMaj;

/** DDogleg's trust region with a dogleg, on gradients and products with the Hessian from here. */
final class ProductTrustRegion extends TrustRegionBase_F64<DMatrixRMaj, ProductHessian> {

    private final ScalarFunction f;

    ProductTrustRegion(ScalarFunction f, double gradientTolerance) {
        super(new TrustRegionUpdateDogleg_F64<>(), new ProductHessian(f));
        this.f = f;
        ConfigTrustRegion settings = new ConfigTrustRegion();
        settings.ftol = 0;
        settings.gtol = gradientTolerance;
        settings.hessianScaling = false;
        configure(settings);
    }

    /** Where it ends from a start, within so many iterations. */
    DMatrixRMaj minimise(DMatrixRMaj start, int iterations) {
        initialize(start.data.clone(), f.size(), 0);
        for (int i = 0; i < iterations && !iterate(); i++) {}
        return DDogleg.matrix(f, x.data.clone());
    }

    @Override
    protected double cost(DMatrixRMaj point) {
        return f.value(DDogleg.matrix(f, point.data));
    }

    @Override
    protected void functionGradientHessian(
            DMatrixRMaj point, boolean sameStateAsCost, DMatrixRMaj gradient, ProductHessian hessian) {
        f.gradient(DDogleg.matrix(f, point.data), DDogleg.matrix(f, gradient.data));
        hessian.at(point.data);
    }
}
