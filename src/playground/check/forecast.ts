/** The part of the check that needs a whole cluster; loaded after the first answer. */
export { forecast } from '@/checker/forecast-stage';
export { courseImages } from '@/course/images';
